import { attempt } from "../core/command";
import { docker } from "../engine";
import { sandboxLabel } from "../images/archive";
import { dockerFormat, type Found, foundByLabel, mustLoad } from "../images/presence";
import { imageArchive, type ImageRecipe } from "../images/recipe";
import type { Progress } from "../types";
import { runMinikube } from "./command";
import type { Profile } from "./profile";

/** Puts an image into the container runtime of a cluster's node, unless it is there. */
export async function ensureInNode(
  profile: Profile,
  item: ImageRecipe,
  progress: Progress,
): Promise<void> {
  if (!mustLoad(await inNode(profile, item.image), item)) return;
  const file = await imageArchive(item, progress);
  await progress.step(`${item.image} into the node`, async () => {
    await runMinikube(["image", "load", `--profile=${profile.name}`, file], {
      hint: `check that the cluster runs (minikube status --profile ${profile.name}) and its disk is not full, and run the same command again.`,
    });
  });
}

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
