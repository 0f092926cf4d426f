import { lstatSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { binDirectory } from "./core/paths";
import { directoryOf, ensure, isMade } from "./core/recipe";
import { dropBuildCacheWhenDone, programRecipe, type ProgramName } from "./toolchain";
import type { Progress, SandboxTools, Tool } from "./types";

/** Which programs a tool consists of, and which of their files people call. */
const parts: Record<Tool, Partial<Record<ProgramName, readonly string[]>>> = {
  pulumi: {
    pulumi: ["pulumi", "pulumi-resource-pulumi-nodejs"],
    "pulumi-language-nodejs": ["pulumi-language-nodejs"],
  },
  helm: { helm: ["helm"] },
  kubectl: { kubernetes: ["kubectl"] },
  minikube: { minikube: ["minikube"] },
};

function partsOf(tool: Tool): [ProgramName, readonly string[]][] {
  return Object.entries(parts[tool]) as [ProgramName, readonly string[]][];
}

/** Makes the programs of some tools, and links to them in the one folder that goes on PATH. */
export async function ensureTools(tools: readonly Tool[], progress: Progress): Promise<string> {
  await Promise.all(
    tools.flatMap(partsOf).map(async ([program, files]) => {
      const directory = await ensure(programRecipe(program), progress);
      for (const file of files) link(join(directory, file), join(binDirectory(), file));
    }),
  );
  dropBuildCacheWhenDone();
  return binDirectory();
}

/** The file of a tool that is built and current; undefined where a part of it is missing. */
export function toolFile(tool: Tool): string | undefined {
  const recipes = partsOf(tool).map(([program]) => programRecipe(program));
  const [first] = recipes;
  if (first === undefined || !recipes.every(isMade)) return undefined;
  return join(directoryOf(first), tool);
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
