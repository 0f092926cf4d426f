import { attempt, run } from "../core/command";
import { docker } from "../engine";
import type { Progress } from "../../lib/progress/progress";
import { sandboxLabel } from "./archive";
import { imageArchive, type ImageRecipe } from "./recipe";

/** What a runtime has under an image's name. */
export type Found =
  | "nothing"
  /** An image that the sandbox did not make, such as the official one. */
  | "foreign"
  /** One of the sandbox's, by the key of what it was made from. */
  | { key: string };

/** Whether an image has to be loaded: it is missing, or an older one of the sandbox's own. */
export function mustLoad(found: Found, item: ImageRecipe): boolean {
  if (found === "nothing") return true;
  return found !== "foreign" && found.key !== item.key;
}

/** Reads what `docker image inspect` prints with {@link dockerFormat}. */
export function foundByLabel(label: string): Found {
  return label === "" || label === "<no value>" ? "foreign" : { key: label };
}

export const dockerFormat = `{{index .Config.Labels "${sandboxLabel}"}}`;

/** What this machine's engine has under a name. */
export async function inEngine(name: string): Promise<Found> {
  const inspect = [docker(), "image", "inspect", "--format", dockerFormat, name];
  const { code, stdout } = await attempt(inspect);
  return code === 0 ? foundByLabel(stdout.trim()) : "nothing";
}

/** Puts an image into this machine's engine, unless it is there. */
export async function ensureInEngine(item: ImageRecipe, progress: Progress): Promise<void> {
  if (!mustLoad(await inEngine(item.image), item)) return;
  const file = await imageArchive(item, progress);
  await progress.step(`${item.image} into the docker engine`, async () => {
    await run([docker(), "load", "--quiet", "--input", file], {
      hint: "check that the disk is not full (df -h /var/lib/docker), and run the same command again.",
    });
  });
}
