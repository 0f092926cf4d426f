import type { Json, JsonObject } from "../../protocol/values";

/** The path of a field in JSON. */
type FieldPath = (string | number)[];

/** Returns the value at a path; undefined where there is none. */
export function at(value: Json | undefined, ...path: FieldPath): Json | undefined {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Record<string | number, Json | undefined>)[step];
  }
  return found;
}

/** Returns the text at a path; empty where there is none. */
export function text(value: Json | undefined, ...path: FieldPath): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

/** Returns the number at a path; 0 where there is none. */
export function count(value: Json | undefined, ...path: FieldPath): number {
  const found = at(value, ...path);
  return typeof found === "number" ? found : 0;
}

/** Returns the objects in the list at a path; none where there is no list. */
export function objects(value: Json | undefined, ...path: FieldPath): JsonObject[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isJsonObject) : [];
}

/** Returns the condition of a type in a Kubernetes object's `status.conditions`. */
export function condition(object: JsonObject, type: string): JsonObject | undefined {
  return objects(object, "status", "conditions").find((entry) => entry.type === type);
}

/** Whether a Kubernetes object belongs to an owner, by the owner's uid. */
export function isOwnedBy(object: JsonObject, owner: JsonObject | undefined): boolean {
  const uid = text(owner, "metadata", "uid");
  return objects(object, "metadata", "ownerReferences").some((entry) => entry.uid === uid);
}

/** Whether a value is a JSON object: no list, and not null. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
