/** Differences between two sets of properties, by path. */
import { isDeepStrictEqual } from "node:util";
import { isObject, isUnknown } from "./values";
import type { Properties, Value } from "./values";

/** What happens to one property. */
export interface PropertyDiff {
  kind: "add" | "update" | "delete";
  /** The resource can't take this change in place. */
  replace: boolean;
}

/** The way to a property: keys of objects and indexes of lists. */
export type Path = readonly (string | number)[];

/** How two sets of properties are compared. Values come without their secret wrappers. */
export interface DiffRules {
  /** Whether a change at this path means a replacement. */
  forcesReplace?: (path: Path) => boolean;
  /** Whether two different values mean the same thing to the system behind. */
  same?: (path: Path, older: Value, newer: Value) => boolean;
}

/** All differences from `older` to `newer`; both must be free of secret wrappers (see `reveal`). */
export function diffProperties(
  older: Properties,
  newer: Properties,
  rules: DiffRules = {},
): Record<string, PropertyDiff> {
  const found: Record<string, PropertyDiff> = {};
  const note = (path: Path, kind: PropertyDiff["kind"]): void => {
    found[formatPath(path)] = { kind, replace: rules.forcesReplace?.(path) ?? false };
  };
  const compare = (path: Path, before: Value | undefined, after: Value | undefined): void => {
    const absent = before === undefined || before === null;
    if (after === undefined || after === null) {
      if (!absent) note(path, "delete");
    } else if (absent) {
      note(path, "add");
    } else if (isUnknown(after) || isUnknown(before)) {
      note(path, "update");
    } else if (isObject(before) && isObject(after)) {
      for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
        compare([...path, key], before[key], after[key]);
      }
    } else if (Array.isArray(before) && Array.isArray(after)) {
      for (let index = 0; index < Math.max(before.length, after.length); index++) {
        compare([...path, index], before[index], after[index]);
      }
    } else if (!isDeepStrictEqual(before, after) && rules.same?.(path, before, after) !== true) {
      note(path, "update");
    }
  };
  for (const key of new Set([...Object.keys(older), ...Object.keys(newer)])) {
    compare([key], older[key], newer[key]);
  }
  return found;
}

/** The path in the engine's spelling: `spec.containers[0].image`, `metadata.labels["app.io/x"]`. */
export function formatPath(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (/[."[\]]/.test(step)) text += `["${step.replaceAll('"', '\\"')}"]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

/** Whether the path lies at or under the dotted prefix (`spec.selector`). */
export function isUnder(path: Path, prefix: string): boolean {
  const steps = prefix.split(".");
  return steps.length <= path.length && steps.every((step, index) => path[index] === step);
}

/** The changes without those at or under a path that the program asks to ignore. */
export function withoutIgnored(
  changes: Record<string, PropertyDiff>,
  ignored: readonly string[],
): Record<string, PropertyDiff> {
  const isIgnored = (path: string): boolean =>
    ignored.some(
      (prefix) => path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`),
    );
  return Object.fromEntries(Object.entries(changes).filter(([path]) => !isIgnored(path)));
}
