/**
 * Every field of an object belongs to a field manager. A create makes one of the kind "Update" the owner, and
 * server-side apply by another manager never removes a field that the program has dropped. So the fields are
 * handed over before the first apply.
 */
import type { Json, JsonObject } from "../../protocol/values";
import type { Cluster } from "../api/cluster";
import { isJsonObject, objects, text } from "../api/json-fields";
import type { Place } from "../api/place";

/** The field manager of creates, in this plugin and the official one. */
export const CREATE_MANAGER = "pulumi-kubernetes";
/**
 * Prefixes of the managers whose fields the program takes over: creates, and changes by hand with kubectl.
 * What `kubectl scale` sets belongs to a subresource and is not taken over: that is a conflict.
 */
const handedOver = [CREATE_MANAGER, "kubectl", "before-first-apply"];

/** Whether the manager of creates still owns fields of an object. */
export function hasCreateManager(live: JsonObject): boolean {
  return managedFields(live).some((entry) => entry.manager === CREATE_MANAGER && isUpdate(entry));
}

/**
 * Makes `fieldManager` the owner of the program's fields.
 *
 * @throws ApiError where the object changes meanwhile.
 */
export async function adoptFields(
  cluster: Cluster,
  place: Place,
  live: JsonObject,
  fieldManager: string,
  signal: AbortSignal,
): Promise<void> {
  const before = managedFields(live);
  const moved = before.filter((entry) => isMoved(entry));
  const [first] = moved;
  if (first === undefined) return;
  const ours = before.find(
    (entry) => entry.manager === fieldManager && entry.operation === "Apply",
  );
  const fields = [...(ours === undefined ? [] : [ours]), ...moved].map((entry) => entry.fieldsV1);
  const merged: JsonObject = {
    ...(ours ?? first),
    manager: fieldManager,
    operation: "Apply",
    fieldsV1: fields.reduce<Json>((sum, next) => union(sum, next ?? {}), {}),
  };
  const kept = before.filter((entry) => entry !== ours && !moved.includes(entry));
  await cluster.object(place, {
    method: "PATCH",
    contentType: "application/json-patch+json",
    body: [
      { op: "replace", path: "/metadata/managedFields", value: [...kept, merged] },
      // Fails instead of overwriting a change that happens at the same time.
      {
        op: "replace",
        path: "/metadata/resourceVersion",
        value: text(live, "metadata", "resourceVersion"),
      },
    ],
    signal,
  });
}

function managedFields(live: JsonObject): JsonObject[] {
  return objects(live, "metadata", "managedFields");
}

function isUpdate(entry: JsonObject): boolean {
  return entry.operation === "Update" && text(entry, "subresource") === "";
}

function isMoved(entry: JsonObject): boolean {
  const manager = text(entry, "manager");
  if (isUpdate(entry)) return handedOver.some((start) => manager.startsWith(start));
  return manager.startsWith("kubectl") && text(entry, "subresource") === "";
}

/** A field set is a tree of names: the union contains the names of both. */
function union(one: Json, other: Json): Json {
  if (!isJsonObject(one) || !isJsonObject(other)) return one;
  const merged: JsonObject = { ...one };
  for (const [name, below] of Object.entries(other)) {
    const present = merged[name];
    merged[name] = present === undefined ? below : union(present, below);
  }
  return merged;
}
