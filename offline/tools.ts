import { lstatSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { binDirectory } from "./core/paths";
import { directoryOf, ensure, isMade, type Recipe } from "./core/recipe";
import { dropBuildCacheWhenDone, programRecipe } from "./toolchain";
import { pulumiFiles, pulumiRelease } from "./toolchain/pulumi";
import type { SandboxTools } from "./types";
import type { Progress } from "../lib/progress/progress";
import type { Tool } from "../lib/versions";

/** Where each tool's files are made; the first file is the tool itself. */
const made: Record<Tool, { recipe: () => Recipe; files: readonly [Tool, ...string[]] }> = {
  pulumi: { recipe: pulumiRelease, files: pulumiFiles },
  helm: { recipe: () => programRecipe("helm"), files: ["helm"] },
  kubectl: { recipe: () => programRecipe("kubernetes"), files: ["kubectl"] },
  minikube: { recipe: () => programRecipe("minikube"), files: ["minikube"] },
};

/** Makes some tools, and links to their files in the one folder that goes on PATH. */
export async function ensureTools(tools: readonly Tool[], progress: Progress): Promise<string> {
  await Promise.all(
    tools.map(async (tool) => {
      const directory = await ensure(made[tool].recipe(), progress);
      for (const file of made[tool].files) link(join(directory, file), join(binDirectory(), file));
    }),
  );
  dropBuildCacheWhenDone();
  return binDirectory();
}

/** The file of a tool that is built and current; undefined where it is missing. */
export function toolFile(tool: Tool): string | undefined {
  const recipe = made[tool].recipe();
  return isMade(recipe) ? join(directoryOf(recipe), tool) : undefined;
}

/** What is built already, and where it is called from. It takes no time: nothing but files is looked at. */
export function builtTools(): SandboxTools {
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

/** Makes `path` a link to `target`, in one step, so that a program in use never goes missing. */
export function link(target: string, path: string): void {
  if (readLink(path) === target) return;
  mkdirSync(join(path, ".."), { recursive: true });
  const beside = `${path}.${String(process.pid)}.new`;
  rmSync(beside, { force: true });
  symlinkSync(target, beside);
  renameSync(beside, path);
}

function readLink(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
    ? readlinkSync(path)
    : undefined;
}
