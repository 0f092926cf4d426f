import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Progress } from "../../lib/progress/progress";
import { directoryOf, ensure, type Recipe, recipe } from "../core/recipe";
import { type ImageConfig, writeImage } from "./archive";

/** A recipe whose result is an image. */
export interface ImageRecipe extends Recipe {
  /** The image's name and tag. */
  readonly image: string;
}

/** The parts of an image. */
export interface ImageParts {
  /** The image's configuration. */
  config: ImageConfig;
  /** The recipes that its layers are built from. */
  needs: readonly Recipe[];
  /** Anything else that its layers depend on. */
  inputs?: unknown;
  /**
   * Returns the archives of its layers, the lowest first. `stage` is an empty folder for new layers,
   * and `folderOf` returns the folder of a recipe in `needs`.
   */
  layers: (
    stage: string,
    folderOf: (need: Recipe) => string,
    progress: Progress,
  ) => Promise<string[]> | string[];
}

/**
 * Defines an image. The result is a folder `images/<short>` of the cache with the image's archive.
 *
 * @param named the image's name and tag, or a function that derives them from the recipe's key.
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
      await writeImage(join(directory, ARCHIVE), { name: image, key: item.key, config }, layers);
      rmSync(stage, { recursive: true });
    },
  );
  const image = typeof named === "string" ? named : named(item.key);
  return { ...item, image };
}

/** Builds an image unless it exists. Returns its archive, which container runtimes load. */
export async function imageArchive(item: ImageRecipe, progress: Progress): Promise<string> {
  return join(await ensure(item, progress), ARCHIVE);
}

const ARCHIVE = "image.tar";
