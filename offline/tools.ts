import { lstatSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Progress } from "../lib/progress/progress";
import type { Tool } from "../lib/versions";
import { binDirectory } from "./core/paths";
import { directoryOf, ensure, isBuilt, type Recipe } from "./core/recipe";
import { programRecipe, removeBuildCacheWhenDone } from "./toolchain";
import { pulumiFiles, pulumiRelease } from "./toolchain/pulumi";
import type { OfflineTools } from "./types";

/** The recipe of each tool, and the files that go on PATH: first the tool itself. */
const sources: Record<Tool, { recipe: () => Recipe; files: readonly [Tool, ...string[]] }> = {
  pulumi: { recipe: pulumiRelease, files: pulumiFiles },
  helm: { recipe: () => programRecipe("helm"), files: ["helm"] },
  kubectl: { recipe: () => programRecipe("kubernetes"), files: ["kubectl"] },
  minikube: { recipe: () => programRecipe("minikube"), files: ["minikube"] },
};

/** Builds tools that are missing and links them into one folder. Returns that folder, for PATH. */
export async function ensureTools(tools: readonly Tool[], progress: Progress): Promise<string> {
  await Promise.all(
    tools.map(async (tool) => {
      const { recipe, files } = sources[tool];
      const directory = await ensure(recipe(), progress);
      for (const file of files) ensureLink(join(directory, file), join(binDirectory(), file));
    }),
  );
  removeBuildCacheWhenDone();
  return binDirectory();
}

/** The file of a tool that is built and current; undefined where it is missing. */
export function toolFile(tool: Tool): string | undefined {
  const recipe = sources[tool].recipe();
  return isBuilt(recipe) ? join(directoryOf(recipe), tool) : undefined;
}

/** Returns the tools that are built. Fast: looks at files only. */
export function builtTools(): OfflineTools {
  return {
    binDirectory: binDirectory(),
    tools: {
      pulumi: toolFile("pulumi"),
      helm: toolFile("helm"),
      kubectl: toolFile("kubectl"),
      minikube: toolFile("minikube"),
    },
  };
}

/** Links `path` to `target`. Replaces an existing link in one step, so that it never goes missing. */
export function ensureLink(target: string, path: string): void {
  if (targetOf(path) === target) return;
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${String(process.pid)}.new`;
  rmSync(temporary, { force: true });
  symlinkSync(target, temporary);
  renameSync(temporary, path);
}

function targetOf(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
    ? readlinkSync(path)
    : undefined;
}
