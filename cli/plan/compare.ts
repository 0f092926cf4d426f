import { dataLoss } from "./dataLoss";
import type { Plan, PlannedResource } from "./plan";
import { reasonsToReplace } from "./replacements";

/** One input that differs; undefined where it isn't there. */
export interface FieldChange {
  path: string;
  before: unknown;
  after: unknown;
}

/** What happens to one resource. */
export interface Change {
  kind: "created" | "changed" | "replaced" | "deleted";
  /** As it becomes; as it was, where it is deleted. */
  resource: PlannedResource;
  fields: FieldChange[];
  /** Why it is replaced. */
  reasons: string[];
  /** What is lost with it for good. */
  loses: string[];
}

/** What leads from one plan to another. */
export function compare(before: Plan | undefined, after: Plan): Change[] {
  const old = new Map((before?.resources ?? []).map((resource) => [resource.urn, resource]));
  const changes = after.resources.flatMap((resource): Change[] => {
    const previous = old.get(resource.urn);
    old.delete(resource.urn);
    if (previous === undefined) {
      return [{ kind: "created", resource, fields: [], reasons: [], loses: [] }];
    }
    const fields = differences(previous.inputs, resource.inputs);
    if (fields.length === 0) return [];
    const reasons = reasonsToReplace(
      resource,
      fields.map(({ path }) => path),
    );
    const kind = reasons.length === 0 ? "changed" : "replaced";
    return [{ kind, resource, fields, reasons, loses: [] }];
  });
  const deleted = [...old.values()].map((resource): Change => ({
    kind: "deleted",
    resource,
    fields: [],
    reasons: [],
    loses: [],
  }));
  return [...changes, ...deleted].map((change) => ({ ...change, loses: dataLoss(change) }));
}

/** Images whose contents change: what they are called now, and then. */
export function changedImages(changes: readonly Change[]): FieldChange[] {
  return changes
    .filter(({ resource }) => resource.type === "docker:index/image:Image")
    .flatMap(({ kind, resource, fields }) => {
      const own = fields.find(({ path }) => path === "imageName");
      if (own !== undefined) return [own];
      return kind === "created"
        ? [{ path: "imageName", before: undefined, after: resource.inputs.imageName }]
        : [];
    });
}

/** The inputs that differ, each by its path; lists are compared element by element. */
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
