import { diffProperties, isUnder, withoutIgnored } from "../../protocol/property-diff";
import type { DiffRequest, DiffResult } from "../../protocol/provider";
import type { Properties } from "../../protocol/values";
import { isObject, revealAll } from "../../protocol/values";
import { annotation, ANNOTATIONS } from "./annotations";
import type { ObjectKind } from "./object-kinds";
import { sameQuantity } from "./same-quantity";

/**
 * Compares the new inputs of an object with the old ones. Changes in the cluster show after a refresh.
 *
 * @param settings the provider's configuration, by name.
 */
export function diffObject(
  kind: ObjectKind,
  settings: Readonly<Record<string, string>>,
  request: DiffRequest,
): DiffResult {
  const older = withNamespace(kind, revealAll(request.oldInputs));
  const newer = withNamespace(kind, revealAll(request.news));
  const { mutableBy, paths } = kind.contents ?? { mutableBy: "", paths: [] };
  const inPlace = settings[mutableBy] === "true" && newer.immutable !== true;
  const immutable = inPlace ? kind.immutable : [...kind.immutable, ...paths];
  const changes = diffProperties(older, newer, {
    forcesReplace: (path) => immutable.some((prefix) => isUnder(path, prefix)),
    same: sameQuantity,
  });
  const left = withoutIgnored(changes, request.ignoreChanges);
  const replaced = Object.values(left).some(({ replace }) => replace);
  return { changes: left, deleteBeforeReplace: replaced && keepsName(older, newer) };
}

/** Two objects of one name can't exist at the same time: the old one must be deleted first. */
function keepsName(older: Properties, newer: Properties): boolean {
  const [before, after] = [older.metadata, newer.metadata];
  return (
    isObject(before) &&
    isObject(after) &&
    typeof after.name === "string" &&
    after.name === before.name &&
    after.namespace === before.namespace &&
    annotation(newer, ANNOTATIONS.autonamed) !== "true"
  );
}

/** Sets an unset namespace to "default", and removes it from objects outside namespaces. */
function withNamespace(kind: ObjectKind, properties: Properties): Properties {
  const { metadata } = properties;
  if (!isObject(metadata)) return properties;
  const { namespace, ...rest } = metadata;
  if (!kind.namespaced) return { ...properties, metadata: rest };
  const set = namespace === undefined || namespace === null || namespace === "";
  return { ...properties, metadata: { ...rest, namespace: set ? "default" : namespace } };
}
