import type { Failure, Plugin } from "./provider";
import type { Properties } from "./values";

/** Returns the message that refuses what a stand-in doesn't cover, and says how to get the official plugin. */
export function refusal(plugin: Plugin, found: string, covered: readonly string[]): string {
  return (
    `found ${found}; this stand-in for the ${plugin.name} plugin covers ${covered.join(", ")} only. ` +
    `For everything else install the official plugin where its downloads can be reached: ` +
    `pulumi plugin install resource ${plugin.name} v${plugin.version}`
  );
}

/**
 * Refuses the properties that are set and not covered: one failure for each.
 *
 * @param owner what has the properties, such as `Image`, for the message.
 * @param path the path to the properties, with a dot at its end.
 */
export function refuseOthers(
  plugin: Plugin,
  owner: string,
  properties: Properties,
  covered: readonly string[],
  path = "",
): Failure[] {
  return Object.keys(properties)
    .filter((key) => !covered.includes(key) && properties[key] !== null && !key.startsWith("__"))
    .map((key) => ({
      property: path + key,
      reason: refusal(plugin, `property ${path}${key} of ${owner}`, covered),
    }));
}
