import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Directories } from "../../../lib/paths";
import { type PluginName, pluginNames } from "../../../lib/versions";
import { projectPulumiHome, userPulumiHome } from "./installed-files";
import type { LocatedTools } from "./locate-tool";

/** The Pulumi plugins that the program needs, and where they are. */
export interface Plugins {
  versions: Record<PluginName, string>;
  /** PULUMI_HOME that has them or that they are installed into; undefined: the user's own. */
  home: string | undefined;
  missing: PluginName[];
}

/** Plugins of which none is missing. */
export interface InstalledPlugins extends Plugins {
  missing: [];
}

/**
 * Finds the plugins: in the user's own PULUMI_HOME where the CLI is the user's, else, or where they are
 * not there, in this project's.
 */
export function findPlugins(
  root: string,
  env: NodeJS.ProcessEnv,
  { cache }: Directories,
  tools: LocatedTools,
): Plugins {
  const versions = pluginVersions(root);
  const ours = projectPulumiHome(cache);
  const theirs = userPulumiHome(env);
  const missingInOurs = missingPlugins(ours, versions);
  if (tools.pulumi?.origin === "user" && theirs !== ours) {
    const missingInTheirs = missingPlugins(theirs, versions);
    // Plugins that an earlier run installed are used as well, which saves asking the network again.
    if (missingInTheirs.length === 0 || missingInOurs.length > 0) {
      return { versions, home: undefined, missing: missingInTheirs };
    }
  }
  return { versions, home: ours, missing: missingInOurs };
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

/** Returns the plugins that a PULUMI_HOME lacks. An installation that the CLI marks as partial counts as none. */
export function missingPlugins(
  pulumiHome: string,
  versions: Readonly<Record<PluginName, string>>,
): PluginName[] {
  return pluginNames.filter((name) => {
    const folder = join(pulumiHome, "plugins", `resource-${name}-v${versions[name]}`);
    return !existsSync(folder) || existsSync(`${folder}.partial`);
  });
}
