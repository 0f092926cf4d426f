import { attempt, run } from "../core/command";
import { docker } from "../engine";
import { sandboxLabel } from "../images/archive";
import { dockerFormat, type Found, foundByLabel, mustLoad } from "../images/presence";
import { imageArchive, type ImageRecipe } from "../images/recipe";
import type { Progress } from "../../lib/progress/progress";
import type { Profile } from "./profile";

/**
 * Puts an image into the container runtime of a cluster's node, unless it is there. The archive goes
 * straight into the runtime: `minikube image load` would first copy it into the node, under its bare
 * file name, where two at a time overwrite each other.
 */
export async function ensureInNode(
  profile: Profile,
  item: ImageRecipe,
  progress: Progress,
): Promise<void> {
  if (!mustLoad(await inNode(profile, item.image), item)) return;
  const inputFile = await imageArchive(item, progress);
  await progress.step(`${item.image} into the node`, async () => {
    const load = profile.containerRuntime === "docker" ? dockerLoad : containerdLoad;
    const hint = `check that the cluster runs (minikube status --profile ${profile.name}) and its disk is not full, and run the same command again.`;
    await run([docker(), "exec", "--interactive", profile.name, ...load], { inputFile, hint });
    if (mustLoad(await inNode(profile, item.image), item)) {
      throw new Error(
        `${item.image} was loaded into the node ${profile.name} without an error, but its runtime doesn't have it. What to do: ${hint}`,
      );
    }
  });
}

const dockerLoad = ["docker", "load", "--quiet"];
const containerdLoad = ["ctr", "--namespace", "k8s.io", "images", "import", "-"];

async function inNode(profile: Profile, name: string): Promise<Found> {
  // The node is a container of the docker driver.
  const inside = [docker(), "exec", profile.name];
  if (profile.containerRuntime === "docker") {
    const inspect = ["docker", "image", "inspect", "--format", dockerFormat, name];
    const { code, stdout } = await attempt([...inside, ...inspect]);
    return code === 0 ? foundByLabel(stdout.trim()) : "nothing";
  }
  const { code, stdout } = await attempt([...inside, "crictl", "inspecti", "-o", "json", name]);
  return code === 0 ? foundByCri(stdout) : "nothing";
}

/** Reads what `crictl inspecti` prints. */
export function foundByCri(answer: string): Found {
  const parsed = JSON.parse(answer) as {
    info?: { imageSpec?: { config?: { Labels?: Record<string, string> } } };
  };
  return foundByLabel(parsed.info?.imageSpec?.config?.Labels?.[sandboxLabel] ?? "");
}
