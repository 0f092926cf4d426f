import { isObject, isSecret } from "../../lib/pulumi/values";

/** The parts of an object that identify it and name its managers, stated or live. */
export interface ClusterObject {
  kind: string;
  metadata: { name: string; namespace?: string; managedFields?: readonly ManagedFields[] };
}

/** The fields that one manager has set (FieldsV1, kubernetes.io/docs/reference/using-api/server-side-apply). */
interface ManagedFields {
  manager?: string;
  time?: string;
  subresource?: string;
  fieldsV1?: FieldSet;
}

interface FieldSet {
  readonly [step: string]: FieldSet;
}

/** A field that is in the cluster, but stated neither by the program nor by the chart. */
export interface ForeignField {
  /** Such as `spec.template.spec.containers[name=backend].env[name=A]`. */
  path: string;
  /** The value as JSON; not shown for a Secret. */
  value: string;
  /** The field manager that has set it, such as `kubectl-edit`. */
  manager: string;
  /** When it was set, in RFC 3339. */
  time: string | undefined;
}

/** Field managers whose fields aren't foreign: Pulumi, helm, and the cluster's own controllers. */
const expectedManagers = /^(pulumi-.*|helm|kube-.*|before-first-apply)$/i;

/** The annotation that `kubectl rollout restart` sets: a restart is no drift. */
const RESTARTED_AT = 'annotations["kubectl.kubernetes.io/restartedAt"]';

/**
 * Returns the fields of a live object that another manager has set and that the stated object doesn't have.
 * Fields that it has are left to a comparison of values, such as `kubectl diff`, which covers only those.
 *
 * @param stated the object as the program or the chart states it; undefined: not at all.
 */
export function foreignFields(live: ClusterObject, stated: unknown): ForeignField[] {
  const found: ForeignField[] = [];
  for (const { manager = "", time, subresource, fieldsV1 } of live.metadata.managedFields ?? []) {
    if (expectedManagers.test(manager) || subresource === "status" || fieldsV1 === undefined)
      continue;
    for (const { path, value } of unstated(fieldsV1, live, stated, "")) {
      if (path.endsWith(RESTARTED_AT)) continue;
      const shown = live.kind === "Secret" ? "(not shown)" : JSON.stringify(value);
      found.push({ path, value: shown, manager, time });
    }
  }
  return found;
}

interface Found {
  path: string;
  value: unknown;
}

/** Returns the outermost fields of a field set that are live and not stated. */
function unstated(fields: FieldSet, live: unknown, stated: unknown, path: string): Found[] {
  return Object.entries(fields).flatMap(([step, below]) => {
    if (step === ".") return [];
    const child = take(step, live, path);
    // The field is gone; the entry of its manager is left.
    if (child.value === undefined) return [];
    const there = take(step, stated, path).value;
    const isItem = !step.startsWith("f:");
    const isLeaf = Object.keys(below).length === 0;
    if (there === undefined && (isItem || isLeaf)) return [child];
    // A secret is encrypted in Pulumi's state: its fields aren't known.
    return isSecret(there) ? [] : unstated(below, child.value, there, child.path);
  });
}

/** Follows one step of a field set: `f:name`, `k:{"key":"value"}`, `v:"value"` or `i:index`. */
function take(step: string, from: unknown, path: string): Found {
  const rest = step.slice(2);
  if (step.startsWith("f:")) {
    const plain = /^[\w-]+$/.test(rest);
    const to = plain
      ? `${path === "" ? "" : `${path}.`}${rest}`
      : `${path}[${JSON.stringify(rest)}]`;
    return { path: to, value: isObject(from) ? from[rest] : undefined };
  }
  const items: readonly unknown[] = Array.isArray(from) ? from : [];
  const key: unknown = JSON.parse(rest);
  if (step.startsWith("i:")) return { path: `${path}[${rest}]`, value: items[Number(key)] };
  if (!isObject(key)) {
    return { path: `${path}[${rest}]`, value: items.find((item) => item === key) };
  }
  const names = Object.entries(key).map(([name, value]) => `${name}=${String(value)}`);
  return { path: `${path}[${names.join(",")}]`, value: items.find((item) => hasKey(item, key)) };
}

/** Whether an item has a key. A part that it leaves out, such as a port's protocol, is the API's default. */
function hasKey(item: unknown, key: Record<string, unknown>): boolean {
  if (!isObject(item)) return false;
  return Object.entries(key).every(([name, value]) => (item[name] ?? value) === value);
}
