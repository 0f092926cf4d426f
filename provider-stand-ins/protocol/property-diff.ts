import { isDeepStrictEqual } from "node:util";
import type { Properties, Value } from "./values";
import { isObject, isUnknown } from "./values";

/** How one property changes. */
export interface PropertyDiff {
  kind: "add" | "update" | "delete";
  /** Whether the change replaces the resource, because it can't be changed in place. */
  replace: boolean;
}

/** The changes of a resource, by path. */
export type PropertyDiffs = Record<string, PropertyDiff>;

/** The path of a property: keys of objects and indexes of lists. */
export type Path = readonly (string | number)[];

/** How two sets of properties are compared. */
export interface DiffRules {
  /** Whether a change at this path replaces the resource. @default never */
  forcesReplace?: (path: Path) => boolean;
  /** Whether two different values at this path mean the same. @default never */
  same?: (path: Path, older: Value, newer: Value) => boolean;
}

/** Returns all differences between two sets of properties without secret wrappers (see `reveal`). */
export function diffProperties(
  older: Properties,
  newer: Properties,
  rules: DiffRules = {},
): PropertyDiffs {
  const found: PropertyDiffs = {};
  const add = (path: Path, kind: PropertyDiff["kind"]): void => {
    found[formatPath(path)] = { kind, replace: rules.forcesReplace?.(path) ?? false };
  };
  const compare = (path: Path, before: Value | undefined, after: Value | undefined): void => {
    const absent = before === undefined || before === null;
    if (after === undefined || after === null) {
      if (!absent) add(path, "delete");
    } else if (absent) {
      add(path, "add");
    } else if (isUnknown(after) || isUnknown(before)) {
      add(path, "update");
    } else if (isObject(before) && isObject(after)) {
      for (const key of keysOf(before, after)) compare([...path, key], before[key], after[key]);
    } else if (Array.isArray(before) && Array.isArray(after)) {
      for (let index = 0; index < Math.max(before.length, after.length); index++) {
        compare([...path, index], before[index], after[index]);
      }
    } else if (!isDeepStrictEqual(before, after) && rules.same?.(path, before, after) !== true) {
      add(path, "update");
    }
  };
  for (const key of keysOf(older, newer)) compare([key], older[key], newer[key]);
  return found;
}

/** Returns the top-level properties that differ; a change deep inside counts for its top-level property. */
export function changedKeys(older: Properties, newer: Properties): string[] {
  return [...keysOf(older, newer)].filter(
    (key) => !isDeepStrictEqual(older[key] ?? null, newer[key] ?? null),
  );
}

/** Formats a path as the engine does: `spec.containers[0].image`, `metadata.labels["app.io/x"]`. */
export function formatPath(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (/[."[\]]/.test(step)) text += `["${step.replaceAll('"', '\\"')}"]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

/** Whether a path is, or is below, a dotted prefix such as `spec.selector`. */
export function isUnder(path: Path, prefix: string): boolean {
  const steps = prefix.split(".");
  return steps.length <= path.length && steps.every((step, index) => path[index] === step);
}

/** Removes the changes at or below the paths of the resource option `ignoreChanges`. */
export function withoutIgnored(changes: PropertyDiffs, ignored: readonly string[]): PropertyDiffs {
  const isIgnored = (path: string): boolean =>
    ignored.some(
      (prefix) => path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`),
    );
  return Object.fromEntries(Object.entries(changes).filter(([path]) => !isIgnored(path)));
}

function keysOf(older: Properties, newer: Properties): Set<string> {
  return new Set([...Object.keys(older), ...Object.keys(newer)]);
}
