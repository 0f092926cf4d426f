import { run, runOrThrow } from "../../lib/process/run";
import type { Progress } from "../../lib/progress/progress";
import { docker } from "../engine";
import { FORMER_IMAGE_LABEL, IMAGE_LABEL } from "./archive";
import { imageArchive, type ImageRecipe } from "./recipe";

/** What a container runtime has under an image's name. */
export type Found =
  | "nothing"
  /** An image that was not built here, such as the official one. */
  | "foreign"
  /** An image that was built here, with the key of its recipe. */
  | { key: string };

/** Whether an image must be loaded: it is missing, or an older one that was built here. */
export function mustLoad(found: Found, item: ImageRecipe): boolean {
  if (found === "nothing") return true;
  return found !== "foreign" && found.key !== item.key;
}

/** Interprets what `docker image inspect` prints with {@link DOCKER_FORMAT}. */
export function foundByLabel(label: string): Found {
  return label === "" || label === "<no value>" ? "foreign" : { key: label };
}

/** The format in which docker prints an image's label; empty where it has none. */
export const DOCKER_FORMAT = `{{or (index .Config.Labels "${IMAGE_LABEL}") (index .Config.Labels "${FORMER_IMAGE_LABEL}")}}`;

/** Returns what this machine's docker engine has under a name. */
export async function inEngine(name: string): Promise<Found> {
  const inspect = ["image", "inspect", "--format", DOCKER_FORMAT, name];
  const { code, stdout } = await run(docker(), inspect);
  return code === 0 ? foundByLabel(stdout.trim()) : "nothing";
}

/** Builds an image and loads it into this machine's docker engine, unless it is there. */
export async function ensureInEngine(item: ImageRecipe, progress: Progress): Promise<void> {
  if (!mustLoad(await inEngine(item.image), item)) return;
  const file = await imageArchive(item, progress);
  await progress.step(`${item.image} into the docker engine`, async () => {
    await runOrThrow(docker(), ["load", "--quiet", "--input", file], {
      hint: "Check that the disk is not full (df -h /var/lib/docker), and run the same command again.",
    });
  });
}
