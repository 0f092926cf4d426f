/** Reading what the API server answers, whose shape is known only in parts. */
import type { Json, JsonObject } from "../protocol/values";

/** The value at a path, or undefined. */
export function at(value: Json | undefined, ...path: (string | number)[]): Json | undefined {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Record<string | number, Json | undefined>)[step];
  }
  return found;
}

/** The text at a path, empty where there is none. */
export function text(value: Json | undefined, ...path: (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

/** The number at a path, 0 where there is none. */
export function count(value: Json | undefined, ...path: (string | number)[]): number {
  const found = at(value, ...path);
  return typeof found === "number" ? found : 0;
}

/** The objects of the list at a path. */
export function objects(value: Json | undefined, ...path: (string | number)[]): JsonObject[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isJsonObject) : [];
}

/** The condition of a type among an object's `status.conditions`. */
export function condition(object: JsonObject, type: string): JsonObject | undefined {
  return objects(object, "status", "conditions").find((entry) => entry.type === type);
}

/** Whether an object has an owner by its uid. */
export function isOwnedBy(object: JsonObject, owner: JsonObject | undefined): boolean {
  const uid = text(owner, "metadata", "uid");
  return objects(object, "metadata", "ownerReferences").some((entry) => entry.uid === uid);
}

/** Whether the value is an object (not a list). */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
