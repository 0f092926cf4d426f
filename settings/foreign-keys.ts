import type { Problem } from "./rules/problem";
import { schema } from "./schema";

/** Prefixes that belong to Pulumi and to the providers of the program. */
const knownPrefixes = new Set(["pulumi", "kubernetes", "docker", "random"]);

/** Keys of a configuration that are neither this project's nor those of a known provider. */
export interface ForeignKeys {
  /** Settings of this program under another project's prefix, as they are left by a renamed project. */
  problems: Problem[];
  /** All others: they have no effect. */
  unknown: string[];
}

/**
 * Finds the keys that Pulumi accepts and the program would never read.
 *
 * @param keys full keys, with their prefix.
 */
export function foreignKeys(keys: readonly string[], project: string): ForeignKeys {
  const found: ForeignKeys = { problems: [], unknown: [] };
  for (const key of keys) {
    const { prefix, name } = splitKey(key);
    if (prefix === project || prefix === undefined || knownPrefixes.has(prefix)) continue;
    if (Object.hasOwn(schema.shape, name)) {
      found.problems.push({
        key,
        found: `the prefix of another project, "${prefix}"`,
        expected: `${project}:${name}`,
      });
    } else {
      found.unknown.push(key);
    }
  }
  return found;
}

/** Splits a key at its prefix. Pulumi also reads the older form `project:config:name`. */
export function splitKey(key: string): { prefix: string | undefined; name: string } {
  const colon = key.indexOf(":");
  if (colon < 0) return { prefix: undefined, name: key };
  return { prefix: key.slice(0, colon), name: key.slice(colon + 1).replace(/^config:/, "") };
}
