import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { directories } from "../../lib/paths";
import type { Progress } from "../../lib/progress/progress";
import { keyOf } from "./digest";
import { withLock } from "./lock";
import { once } from "./once";

/**
 * How to create one folder of the cache. The folder's name contains a key, which is the hash of
 * everything that the result depends on: a changed input leads to a new folder, and an unchanged
 * recipe is never built twice.
 */
export interface Recipe {
  /** Kind and name, such as `tools/minikube`: the folder's place in the cache, without its key. */
  readonly name: string;
  /** The hash of everything that the result depends on. */
  readonly key: string;
  /** The title of the step in the progress report. */
  readonly title: string;
  /** The recipes whose results this one uses. */
  readonly needs: readonly Recipe[];
  /** Fills the empty folder `directory`. */
  readonly create: (directory: string, progress: Progress) => Promise<void>;
  /** Runs the task when its turn has come, for recipes of which only a few may be built at a time. */
  readonly queue?: (task: () => Promise<void>) => Promise<void>;
}

/**
 * Defines a recipe.
 *
 * @param from what its result depends on: any JSON value, and the recipes that it uses.
 */
export function recipe(
  name: string,
  title: string,
  from: { inputs: unknown; needs?: readonly Recipe[] },
  create: Recipe["create"],
): Recipe {
  const needs = from.needs ?? [];
  const key = keyOf([name, from.inputs, needs.map((need) => need.key)]);
  return { name, title, needs, key, create };
}

/** The folder of a recipe's result, whether it exists or not. */
export function directoryOf(item: Recipe): string {
  return join(directories().cache, `${item.name}-${item.key}`);
}

/** Whether a recipe's result exists. */
export function isBuilt(item: Recipe): boolean {
  return existsSync(directoryOf(item));
}

/**
 * Builds a recipe's result unless it exists, after everything that it needs. Returns its folder.
 *
 * The folder is filled under a temporary name and renamed at the end, so it is complete whenever it
 * exists. An interrupted build starts again with an empty folder. Two processes never build the same
 * recipe at the same time.
 */
export function ensure(item: Recipe, progress: Progress): Promise<string> {
  const directory = directoryOf(item);
  return once(directory, async () => {
    if (existsSync(directory)) return directory;
    await Promise.all(item.needs.map((need) => ensure(need, progress)));
    const build = () => createLocked(item, directory, progress);
    await (item.queue === undefined ? build() : item.queue(build));
    return directory;
  });
}

/** Creates the folder under a lock, unless another process has created it in the meantime. */
function createLocked(item: Recipe, directory: string, progress: Progress): Promise<void> {
  const lock = join(directories().cache, "locks", `${item.name.replaceAll("/", "-")}-${item.key}`);
  return withLock(
    lock,
    async () => {
      if (existsSync(directory)) return;
      const partial = join(dirname(directory), `.partial-${basename(directory)}`);
      rmSync(partial, { recursive: true, force: true });
      mkdirSync(partial, { recursive: true });
      await progress.step(item.title, () => item.create(partial, progress));
      renameSync(partial, directory);
    },
    (pid) => {
      progress.note(`${item.title}: process ${pid} is building it; waiting`);
    },
  );
}
