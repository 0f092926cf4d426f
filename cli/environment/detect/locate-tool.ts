import { realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { isExecutable, which } from "../../../lib/process/which";
import type { Tool } from "../../../lib/versions";
import type { OfflineTools } from "../provide/offline";
import { installedFile } from "./installed-files";

/** Who installed a tool: the user, this project from a release, or offline mode. */
export type Origin = "user" | "release" | "offline";

/** A tool that exists. */
export interface LocatedTool {
  file: string;
  origin: Origin;
}

/** Tools by name; undefined where one is missing. */
export type LocatedTools = Partial<Record<Tool, LocatedTool | undefined>>;

/** Where tools are looked for. */
export interface ToolPlaces {
  /** The user's PATH. */
  path: string;
  /** This project's cache folder. */
  cache: string;
  /** What offline mode has built. */
  offline: OfflineTools;
}

/**
 * Finds a tool: on the user's PATH first, then among those that this project installed or built. A
 * folder of this project on PATH (from the lines that doctor prints) doesn't make a tool the user's.
 */
export function locateTool(
  tool: Tool,
  { path, cache, offline }: ToolPlaces,
): LocatedTool | undefined {
  const onPath = which(tool, path);
  if (onPath !== undefined) {
    if (isInside(onPath, offline.binDirectory)) return { file: onPath, origin: "offline" };
    return { file: onPath, origin: isInside(onPath, cache) ? "release" : "user" };
  }
  const installed = installedFile(cache, tool);
  if (isExecutable(installed)) return { file: installed, origin: "release" };
  if (offline.tools[tool] === undefined) return undefined;
  // Offline mode's folder for PATH also holds what belongs to a tool, such as Pulumi's language host.
  return { file: join(offline.binDirectory, tool), origin: "offline" };
}

/** Returns the folders that PATH needs for some tools; none for tools on the user's PATH. */
export function pathFolders(tools: LocatedTools): string[] {
  return Object.values<LocatedTool | undefined>(tools).flatMap((tool) =>
    tool === undefined || tool.origin === "user" ? [] : [dirname(tool.file)],
  );
}

function isInside(file: string, folder: string): boolean {
  if (folder === "") return false;
  return realPath(file).startsWith(realPath(folder) + sep) || file.startsWith(folder + sep);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
