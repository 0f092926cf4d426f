import { inLines } from "../../policies";
import { type Change, changedImages, type FieldChange } from "./compare";
import type { Plan } from "./plan";
import type { PlannedResource } from "./planned-resource";

/** The sign of each kind of change, as Pulumi writes it. */
export const signs = { created: "+", changed: "~", replaced: "+-", deleted: "-" } as const;

/** Formats a plan and its changes as lines for a terminal or a log. */
export function inText(plan: Plan, changes: readonly Change[]): string[] {
  const lines = changes.flatMap(({ kind, resource, fields, reasons, loses }) => [
    `${signs[kind].padEnd(2)} ${title(resource)}`,
    ...fields.map((field) => `     ${inWords(field)}`),
    ...reasons.map((reason) => `     replaced: ${reason}`),
    ...loses.map((lost) => `     ! loses ${lost}`),
  ]);
  return [
    ...lines,
    ...(lines.length > 0 ? [""] : []),
    `Stack ${plan.stack}: ${summary(plan, changes)}`,
    ...imageLines(changes),
    ...(plan.placeholders.length > 0
      ? [`Placeholders stand for secrets that are not set: ${plan.placeholders.join(", ")}`]
      : []),
    ...plan.unchecked.map((line) => `! ${line}`),
    ...inLines(plan.violations).map((line) => `✗ ${line}`),
  ];
}

/** Counts the changes by kind: `2 created, 1 changed, 30 unchanged`. */
export function summary(plan: Plan, changes: readonly Change[]): string {
  const counts = (Object.keys(signs) as Change["kind"][]).map((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  const touched = changes.filter(({ kind }) => kind !== "deleted").length;
  return [...counts.flat(), `${plan.resources.length - touched} unchanged`].join(", ");
}

/** Formats the images whose contents change, one line each. */
export function imageLines(changes: readonly Change[]): string[] {
  return changedImages(changes).map(({ before, after }) =>
    before === undefined
      ? `Image ${shown(after)} is new`
      : `Image ${shown(before)} becomes ${shown(after)}`,
  );
}

/** Formats a resource as its type and name: `apps/v1:Deployment backend-deployment`. */
export function title({ type, name }: PlannedResource): string {
  return `${type.replace(/^kubernetes:/, "")} ${name}`;
}

/** Formats the change of one field: `spec.replicas: 2 → 3`. */
export function inWords({ path, before, after }: FieldChange): string {
  if (before === undefined) return `${path}: added ${shown(after)}`;
  if (after === undefined) return `${path}: removed ${shown(before)}`;
  return `${path}: ${shown(before)} → ${shown(after)}`;
}

/** Longest text of a value, in characters. */
const MAXIMUM_LENGTH = 120;

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > MAXIMUM_LENGTH ? `${text.slice(0, MAXIMUM_LENGTH - 1)}…` : text;
}
