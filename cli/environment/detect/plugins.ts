import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Directories } from "../../../lib/paths";
import { nonEmpty } from "../../../lib/paths";
import { pathOf, which } from "../../../lib/process/which";
import { type PluginName, pluginNames } from "../../../lib/versions";
import { projectPulumiHome, userPulumiHome } from "./installed-files";
import type { LocatedTools } from "./locate-tool";

/** The Pulumi plugins that the program needs, and where they are. */
export interface Plugins {
  versions: Record<PluginName, string>;
  /** PULUMI_HOME where it is this project's; undefined: the user's own. */
  home: string | undefined;
  /** Plugins that aren't there, not even as stand-ins. */
  missing: PluginName[];
  /** Plugins in whose place offline mode's stand-ins run. */
  standIns: PluginName[];
  /** Folders of plugins that PULUMI_HOME lacks. Pulumi finds them on PATH. */
  pathFolders: string[];
}

/** Plugins of which none is missing. */
export interface InstalledPlugins extends Plugins {
  missing: [];
}

/** Whether a plugin's folder contains a stand-in of offline mode. */
export type IsStandIn = (folder: string) => boolean;

/**
 * Finds the plugins. PULUMI_HOME is the user's where it is set or the CLI is the user's, else this project's.
 * Official plugins of both are used; stand-ins are in this project's folder alone, where no other project of
 * the user runs them.
 */
export function findPlugins(
  root: string,
  env: NodeJS.ProcessEnv,
  { cache }: Pick<Directories, "cache">,
  tools: LocatedTools,
  isStandIn: IsStandIn,
): Plugins {
  const versions = pluginVersions(root);
  const ours = projectPulumiHome(cache);
  const theirs = userPulumiHome(env);
  const chosen = nonEmpty(env.PULUMI_HOME) !== undefined || tools.pulumi?.origin === "user";
  const home = chosen && theirs !== ours ? undefined : ours;
  const others = home === undefined ? [theirs, ours] : [ours, theirs];

  const plugins: Plugins = { versions, home, missing: [], standIns: [], pathFolders: [] };
  for (const name of pluginNames) {
    const folders = others
      .map((place) => pluginFolder(place, name, versions[name]))
      .filter((folder) => isInstalled(folder));
    const official = folders.find((folder) => !isStandIn(folder));
    const folder = official ?? folders[0];
    if (official === undefined && isOnPath(name, env, isStandIn)) continue;
    if (folder === undefined) plugins.missing.push(name);
    else if (official === undefined) plugins.standIns.push(name);
    const inHome = pluginFolder(others[0] ?? ours, name, versions[name]);
    if (folder !== undefined && folder !== inHome) plugins.pathFolders.push(folder);
  }
  return plugins;
}

/** Whether Pulumi finds a plugin on the user's PATH, such as one in development, and uses it in any version. */
function isOnPath(name: PluginName, env: NodeJS.ProcessEnv, isStandIn: IsStandIn): boolean {
  if (["1", "true"].includes(env.PULUMI_IGNORE_AMBIENT_PLUGINS ?? "")) return false;
  const file = which(`pulumi-resource-${name}`, pathOf(env));
  return file !== undefined && !isStandIn(join(file, ".."));
}

/**
 * Returns the versions of the plugins that the program asks the engine for: exactly those of the
 * installed npm packages.
 */
export function pluginVersions(root: string): Record<PluginName, string> {
  return Object.fromEntries(
    pluginNames.map((name) => {
      const file = join(root, "node_modules", "@pulumi", name, "package.json");
      const { pulumi, version } = JSON.parse(readFileSync(file, "utf8")) as {
        version: string;
        pulumi?: { version?: string };
      };
      return [name, (pulumi?.version ?? version).replace(/^v/, "")];
    }),
  ) as Record<PluginName, string>;
}

/** Returns the folder of a plugin in a PULUMI_HOME. */
export function pluginFolder(pulumiHome: string, name: PluginName, version: string): string {
  return join(pulumiHome, "plugins", `resource-${name}-v${version}`);
}

/** Whether a plugin's folder is complete. An installation that the CLI marks as partial counts as none. */
function isInstalled(folder: string): boolean {
  return existsSync(folder) && !existsSync(`${folder}.partial`);
}
