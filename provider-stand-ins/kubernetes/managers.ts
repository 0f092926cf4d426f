/**
 * Who owns which fields. A create leaves its fields to a manager of the kind "Update"; server-side
 * apply by another manager would then never remove a field that the program has dropped. So the
 * first apply is preceded by a hand-over.
 */
import type { Json, JsonObject } from "../protocol/values";
import type { Cluster, Place } from "./cluster";
import { isJsonObject, objects, text } from "./json";

/** The manager of a create, by this plugin or the official one. */
const CREATE = "pulumi-kubernetes";
/**
 * How managers begin whose fields belong to the program: creates, and changes by hand with kubectl.
 * What `kubectl scale` sets belongs to a subresource and stays its own: that is a conflict.
 */
const HANDED_OVER = [CREATE, "kubectl", "before-first-apply"];

/** Whether a create by this plugin (or the official one) still owns fields. */
export function cameFromCreate(live: JsonObject): boolean {
  return managedFields(live).some((entry) => entry.manager === CREATE && isUpdate(entry));
}

/** Makes `fieldManager` the owner of the program's fields. */
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
      // Fails instead of undoing what somebody changes in this moment.
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
  if (isUpdate(entry)) return HANDED_OVER.some((start) => manager.startsWith(start));
  return manager.startsWith("kubectl") && text(entry, "subresource") === "";
}

/** A field set is a tree of names: the union holds the names of both. */
function union(one: Json, other: Json): Json {
  if (!isJsonObject(one) || !isJsonObject(other)) return one;
  const merged: JsonObject = { ...one };
  for (const [name, below] of Object.entries(other)) {
    const present = merged[name];
    merged[name] = present === undefined ? below : union(present, below);
  }
  return merged;
}
