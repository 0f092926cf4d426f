import { dataLoss } from "./data-loss";
import type { Plan } from "./plan";
import type { PlannedResource } from "./planned-resource";
import { ANOTHER_CLUSTER, reasonsToReplace } from "./replacements";

/** One input that differs. A value is undefined where the input isn't set. */
export interface FieldChange {
  /** Such as `spec.replicas`. */
  path: string;
  before: unknown;
  after: unknown;
}

/** The change of one resource. */
export interface Change {
  kind: "created" | "changed" | "replaced" | "deleted";
  /** The resource after the change; before it, where it is deleted. */
  resource: PlannedResource;
  fields: FieldChange[];
  /** Why it is replaced; empty for every other kind. */
  reasons: string[];
  /** What is irrecoverably lost with it. */
  loses: string[];
}

/** Returns the changes between two plans. Without the first everything is created. */
export function compare(before: Plan | undefined, after: Plan): Change[] {
  const old = new Map((before?.resources ?? []).map((resource) => [resource.urn, resource]));
  const moved = movedProviders(old, after);
  const changes = after.resources.flatMap((resource): Change[] => {
    const previous = old.get(resource.urn);
    old.delete(resource.urn);
    if (previous === undefined) return [change("created", resource)];
    const { fields, reasons } = differencesBetween(previous, resource);
    if (moved.has(resource.provider ?? "")) reasons.push(ANOTHER_CLUSTER);
    if (reasons.length > 0) {
      const loses = dataLoss({ resource: previous, successor: resource, reasons });
      return [{ kind: "replaced", resource, fields, reasons, loses }];
    }
    return fields.length === 0 ? [] : [{ ...change("changed", resource), fields }];
  });
  const deleted = [...old.values()].map((resource): Change => ({
    ...change("deleted", resource),
    loses: dataLoss({ resource, successor: undefined, reasons: [] }),
  }));
  return [...changes, ...deleted];
}

function change(kind: Change["kind"], resource: PlannedResource): Change {
  return { kind, resource, fields: [], reasons: [], loses: [] };
}

/** Returns the inputs that differ and aren't ignored, and the reasons that replace the resource for them. */
function differencesBetween(previous: PlannedResource, resource: PlannedResource) {
  const ignored = resource.ignoreChanges ?? [];
  const fields = differences(previous.inputs, resource.inputs).filter(
    ({ path }) => !ignored.some((prefix) => path === prefix || path.startsWith(`${prefix}.`)),
  );
  const paths = fields.map(({ path }) => path);
  return { fields, reasons: paths.length === 0 ? [] : reasonsToReplace(resource, paths) };
}

/** Returns the URNs of the providers that are replaced: Pulumi then recreates all of their resources. */
function movedProviders(old: ReadonlyMap<string, PlannedResource>, after: Plan): Set<string> {
  const moved = after.resources.filter((resource) => {
    const previous = old.get(resource.urn);
    if (previous === undefined || !resource.type.startsWith("pulumi:providers:")) return false;
    return differencesBetween(previous, resource).reasons.length > 0;
  });
  return new Set(moved.map(({ urn }) => urn));
}

/** Returns the images whose contents change: their names before and after. */
export function changedImages(changes: readonly Change[]): FieldChange[] {
  return changes
    .filter(({ resource }) => resource.type === "docker:index/image:Image")
    .flatMap(({ kind, resource, fields }) => {
      const renamed = fields.find(({ path }) => path === "imageName");
      if (renamed !== undefined) return [renamed];
      return kind === "created"
        ? [{ path: "imageName", before: undefined, after: resource.inputs.imageName }]
        : [];
    });
}

/** Returns the values that differ, each with its path. Lists are compared element by element. */
export function differences(before: unknown, after: unknown, path = ""): FieldChange[] {
  if (isTree(before) && isTree(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) =>
      differences(before[key], after[key], path === "" ? key : `${path}.${key}`),
    );
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
