/** Fields under `ignoreChanges` keep what the cluster has, not what the state remembers. */
import type { JsonObject } from "../protocol/values";
import { at, isJsonObject } from "./json";

/** The body of an apply, with ignored fields as they are live. Paths through lists stay as they are. */
export function keepIgnored(
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
