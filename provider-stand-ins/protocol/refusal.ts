/** The sentences by which a stand-in refuses what it doesn't cover. */
import type { Failure } from "./provider";
import type { Properties } from "./values";

/** Names what was found and what is covered, and says how to get the rest. */
export function refusal(
  plugin: { name: string; version: string },
  found: string,
  covered: readonly string[],
): string {
  return (
    `found ${found}; this stand-in for the ${plugin.name} plugin covers ${covered.join(", ")} only. ` +
    `For everything else install the official plugin where its downloads can be reached: ` +
    `pulumi plugin install resource ${plugin.name} v${plugin.version}`
  );
}

/** One failure for each property that is set and isn't among the covered ones. */
export function refuseOthers(
  plugin: { name: string; version: string },
  where: string,
  properties: Properties,
  covered: readonly string[],
  path = "",
): Failure[] {
  return Object.keys(properties)
    .filter((key) => !covered.includes(key) && properties[key] !== null && !key.startsWith("__"))
    .map((key) => ({
      property: path + key,
      reason: refusal(plugin, `property ${path}${key} of ${where}`, covered),
    }));
}
