import { realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { OfflineTools } from "../../../offline";
import type { Tool } from "../../../lib/versions";
import { isExecutable, which } from "../../../lib/process/which";
import { installedFile } from "./installed-files";

/** Who brought a tool: the user, this project from its makers' release, or the sandbox. */
export type Origin = "user" | "release" | "sandbox";

/** A tool that is there. */
export interface Located {
  file: string;
  origin: Origin;
}

/** Where tools are looked for. */
export interface Places {
  /** The user's PATH. */
  path: string;
  /** This project's cache folder. */
  cache: string;
  /** What the sandbox has built already. */
  sandbox: OfflineTools;
}

/**
 * Finds a tool: on the user's PATH first, then what this project installed or built earlier. A folder
 * of ours on PATH (from the lines that doctor prints) doesn't make a tool the user's.
 */
export function locate(tool: Tool, { path, cache, sandbox }: Places): Located | undefined {
  const onPath = which(tool, path);
  if (onPath !== undefined) {
    if (isInside(onPath, sandbox.binDirectory)) return { file: onPath, origin: "sandbox" };
    return { file: onPath, origin: isInside(onPath, cache) ? "release" : "user" };
  }
  const installed = installedFile(cache, tool);
  if (isExecutable(installed)) return { file: installed, origin: "release" };
  if (sandbox.tools[tool] === undefined) return undefined;
  // The sandbox's one folder for PATH has what belongs to a tool beside it, such as Pulumi's hosts.
  return { file: join(sandbox.binDirectory, tool), origin: "sandbox" };
}

/** The folder to put on PATH for a tool; none where the user's PATH has it. */
export function folderOf({ file, origin }: Located): string[] {
  return origin === "user" ? [] : [dirname(file)];
}

function isInside(file: string, folder: string): boolean {
  if (folder === "") return false;
  return real(file).startsWith(real(folder) + sep) || file.startsWith(folder + sep);
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
