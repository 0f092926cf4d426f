import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import type { Progress } from "../../lib/progress/progress";
import { keyOf } from "./digest";
import { withLock } from "./lock";
import { once } from "./once";
import { cacheDirectory } from "./paths";

/**
 * How to make one folder of the cache. It is made once and kept under a name with the key of all it
 * is made from, so that a changed input makes a new one and an unchanged one is never made twice.
 */
export interface Recipe {
  /** Kind and name, such as `tools/minikube`: the folder's place in the cache, without its key. */
  readonly name: string;
  /** The hash of everything that the result depends on. */
  readonly key: string;
  /** What the progress report calls it. */
  readonly title: string;
  /** What has to be there before it can be made. */
  readonly needs: readonly Recipe[];
  /** Fills the empty folder `directory`. */
  readonly make: (directory: string, progress: Progress) => Promise<void>;
  /** Waits for its turn, where few of a kind may be made at a time. */
  readonly queue?: (work: () => Promise<void>) => Promise<void>;
}

/** Defines a recipe from what its result depends on: any JSON, and the recipes that it uses. */
export function recipe(
  name: string,
  title: string,
  from: { inputs: unknown; needs?: readonly Recipe[] },
  make: Recipe["make"],
): Recipe {
  const needs = from.needs ?? [];
  const key = keyOf([name, from.inputs, needs.map((need) => need.key)]);
  return { name, title, needs, key, make };
}

/** The folder that a recipe's result has, whether it is there or not. */
export function directoryOf(item: Recipe): string {
  return join(cacheDirectory(), `${item.name}-${item.key}`);
}

/** Whether a recipe's result is there. */
export function isMade(item: Recipe): boolean {
  return existsSync(directoryOf(item));
}

/**
 * Makes a recipe's result unless it is there, after all that it needs; returns its folder. The folder appears complete or not
 * at all: it is filled beside its place and moved there at the end. An interrupted run starts that
 * one folder anew, and two processes never make the same one at once.
 */
export function ensure(item: Recipe, progress: Progress): Promise<string> {
  const directory = directoryOf(item);
  return once(directory, async () => {
    if (existsSync(directory)) return directory;
    await Promise.all(item.needs.map((need) => ensure(need, progress)));
    const make = () => makeLocked(item, directory, progress);
    await (item.queue === undefined ? make() : item.queue(make));
    return directory;
  });
}

/** Fills the folder beside its place, alone, unless another process has made it in the meantime. */
function makeLocked(item: Recipe, directory: string, progress: Progress): Promise<void> {
  const lock = join(cacheDirectory(), "locks", `${item.name.replaceAll("/", "-")}-${item.key}`);
  return withLock(
    lock,
    async () => {
      if (existsSync(directory)) return;
      const partial = join(dirname(directory), `.partial-${basename(directory)}`);
      rmSync(partial, { recursive: true, force: true });
      mkdirSync(partial, { recursive: true });
      await progress.step(item.title, () => item.make(partial, progress));
      renameSync(partial, directory);
    },
    (owner) => {
      progress.note(`${item.title}: process ${owner} does this already; waiting for it`);
    },
  );
}
