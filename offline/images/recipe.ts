import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { directoryOf, ensure, recipe, type Recipe } from "../core/recipe";
import type { Progress } from "../../lib/progress/progress";
import { type ImageConfig, writeImage } from "./archive";

/** A recipe whose result is an image. */
export interface ImageRecipe extends Recipe {
  /** The image's name and tag. */
  readonly image: string;
}

/** What an image is made of. */
export interface ImageParts {
  config: ImageConfig;
  needs: readonly Recipe[];
  /** Anything else that its layers depend on. */
  inputs?: unknown;
  /**
   * The archives of its layers, the lowest first. `stage` is an empty folder for new ones, and
   * `made` gives the folder of a recipe in `needs`.
   */
  layers: (
    stage: string,
    made: (need: Recipe) => string,
    progress: Progress,
  ) => Promise<string[]> | string[];
}

/**
 * Defines an image: a folder `images/<short>` of the cache with its archive. `named` gives its
 * name and tag, into which the recipe's key may go.
 */
export function imageRecipe(
  short: string,
  named: string | ((key: string) => string),
  parts: ImageParts,
): ImageRecipe {
  const { config, needs } = parts;
  const inputs = { named: typeof named === "string" ? named : "", config, inputs: parts.inputs };
  const item = recipe(
    `images/${short}`,
    `image ${short}`,
    { inputs, needs },
    async (directory, progress) => {
      const stage = join(directory, "stage");
      mkdirSync(stage);
      const layers = await parts.layers(stage, directoryOf, progress);
      await writeImage(join(directory, archive), { name: image, key: item.key, config }, layers);
      rmSync(stage, { recursive: true });
    },
  );
  const image = typeof named === "string" ? named : named(item.key);
  return { ...item, image };
}

/** Makes an image unless it is there; returns the archive that runtimes load. */
export async function imageArchive(item: ImageRecipe, progress: Progress): Promise<string> {
  return join(await ensure(item, progress), archive);
}

const archive = "image.tar";
