import { UserError } from "../../lib/errors";
import type { MinikubeProfile } from "../../lib/minikube/profile";
import { run, runOrThrow } from "../../lib/process/run";
import type { Progress } from "../../lib/progress/progress";
import { docker } from "../engine";
import { FORMER_IMAGE_LABEL, IMAGE_LABEL } from "../images/archive";
import { DOCKER_FORMAT, type Found, foundByLabel, mustLoad } from "../images/engine-images";
import { imageArchive, type ImageRecipe } from "../images/recipe";

/**
 * Loads an image into the container runtime of a cluster's node, unless it is there. The archive is
 * piped into the runtime: `minikube image load` would first copy it into the node under its bare file
 * name, where two loads at a time overwrite each other.
 */
export async function ensureInNode(
  profile: MinikubeProfile,
  item: ImageRecipe,
  progress: Progress,
): Promise<void> {
  if (!mustLoad(await inNode(profile, item.image), item)) return;
  const inputFile = await imageArchive(item, progress);
  await progress.step(`${item.image} into the node`, async () => {
    const load = profile.containerRuntime === "docker" ? dockerLoad : containerdLoad;
    const hint = `Check that the cluster runs (minikube status --profile ${profile.name}) and its disk is not full, and run the same command again.`;
    await runOrThrow(docker(), ["exec", "--interactive", profile.name, ...load], {
      inputFile,
      hint,
    });
    if (mustLoad(await inNode(profile, item.image), item)) {
      throw new UserError(
        `${item.image} was loaded into the node ${profile.name} without an error, but its runtime doesn't have it.`,
        hint,
      );
    }
  });
}

const dockerLoad = ["docker", "load", "--quiet"];
const containerdLoad = ["ctr", "--namespace", "k8s.io", "images", "import", "-"];

/** Returns what the node's runtime has under a name. The node is a container of the docker driver. */
async function inNode(profile: MinikubeProfile, name: string): Promise<Found> {
  const exec = ["exec", profile.name];
  if (profile.containerRuntime === "docker") {
    const inspect = ["docker", "image", "inspect", "--format", DOCKER_FORMAT, name];
    const { code, stdout } = await run(docker(), [...exec, ...inspect]);
    return code === 0 ? foundByLabel(stdout.trim()) : "nothing";
  }
  const inspect = ["crictl", "inspecti", "-o", "json", name];
  const { code, stdout } = await run(docker(), [...exec, ...inspect]);
  return code === 0 ? foundByCri(stdout) : "nothing";
}

/** Interprets the output of `crictl inspecti`. */
export function foundByCri(answer: string): Found {
  const parsed = JSON.parse(answer) as {
    info?: { imageSpec?: { config?: { Labels?: Record<string, string> } } };
  };
  const labels = parsed.info?.imageSpec?.config?.Labels ?? {};
  return foundByLabel(labels[IMAGE_LABEL] ?? labels[FORMER_IMAGE_LABEL] ?? "");
}
