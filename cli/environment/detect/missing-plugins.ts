import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PluginName } from "../../../lib/versions";
import { pluginNames } from "../../../lib/versions";

/**
 * The versions of the plugins that the program will ask the engine for: those of the npm packages that
 * are installed, exactly.
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

/** The plugins that a PULUMI_HOME lacks. A half-done installation, which the CLI marks, counts as none. */
export function missingPlugins(
  pulumiHome: string,
  versions: Readonly<Record<PluginName, string>>,
): PluginName[] {
  return pluginNames.filter((name) => {
    const folder = join(pulumiHome, "plugins", `resource-${name}-v${versions[name]}`);
    return !existsSync(folder) || existsSync(`${folder}.partial`);
  });
}
