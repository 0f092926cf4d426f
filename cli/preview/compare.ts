import { dataLoss } from "./data-loss";
import type { Plan, PlannedResource } from "./plan";
import { ELSEWHERE, reasonsToReplace } from "./replacements";

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
  const moved = movedProviders(old, after);
  const changes = after.resources.flatMap((resource): Change[] => {
    const previous = old.get(resource.urn);
    old.delete(resource.urn);
    if (previous === undefined) return [change("created", resource)];
    const { fields, reasons } = whatDiffers(previous, resource);
    if (moved.has(resource.provider ?? "")) reasons.push(ELSEWHERE);
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

/** The inputs that differ and aren't ignored, and why that replaces the resource where it does. */
function whatDiffers(previous: PlannedResource, resource: PlannedResource) {
  const ignored = resource.ignoreChanges ?? [];
  const fields = differences(previous.inputs, resource.inputs).filter(
    ({ path }) => !ignored.some((prefix) => path === prefix || path.startsWith(`${prefix}.`)),
  );
  const paths = fields.map(({ path }) => path);
  return { fields, reasons: paths.length === 0 ? [] : reasonsToReplace(resource, paths) };
}

/** URNs of the providers that become others: Pulumi then makes anew whatever they have made. */
function movedProviders(old: ReadonlyMap<string, PlannedResource>, after: Plan): Set<string> {
  const moved = after.resources.filter((resource) => {
    const previous = old.get(resource.urn);
    if (previous === undefined || !resource.type.startsWith("pulumi:providers:")) return false;
    return whatDiffers(previous, resource).reasons.length > 0;
  });
  return new Set(moved.map(({ urn }) => urn));
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
