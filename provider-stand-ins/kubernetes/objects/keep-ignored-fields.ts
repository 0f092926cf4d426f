import type { JsonObject } from "../../protocol/values";
import { at, isJsonObject } from "../api/json-fields";

/**
 * Returns the body of an apply in which the fields under `ignoreChanges` have the cluster's values, not those
 * of the state. Paths through lists are not supported and change nothing.
 */
export function keepIgnoredFields(
  body: JsonObject,
  live: JsonObject,
  ignored: readonly string[],
): JsonObject {
  const result = structuredClone(body);
  for (const path of ignored) {
    const steps = path.split(".");
    const last = steps.pop();
    const parent = at(result, ...steps);
    const value = at(live, ...steps, last ?? "");
    if (last !== undefined && isJsonObject(parent) && value !== undefined) parent[last] = value;
  }
  return result;
}
