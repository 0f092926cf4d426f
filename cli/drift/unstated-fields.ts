/** What of an object in the cluster nobody has stated: neither the program nor the chart. */
import { isObject, isSecret } from "../../lib/pulumi/values";

/** An object, as it is stated or as the API server shows it. */
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

/** A field that is in the cluster and stated nowhere. */
export interface ForeignField {
  path: string;
  /** As JSON; of a Secret nothing is shown. */
  value: string;
  /** Who has set it, as the API server was told: `kubectl-edit`, for example. */
  manager: string;
  /** When, as far as it is known. */
  time: string | undefined;
}

/** Who sets what the program and the chart state; and the cluster's own controllers, with what came before all of them. */
const EXPECTED = /^(pulumi-.*|helm|kube-.*|before-first-apply)$/i;

/** `kubectl rollout restart` leaves it: a restart changes nothing. */
const RESTARTED = 'annotations["kubectl.kubernetes.io/restartedAt"]';

/**
 * The fields of a live object that somebody else has set, and that the stated object doesn't have. Those that
 * it has are for a comparison of values, which looks at nothing else.
 */
export function foreignFields(live: ClusterObject, stated: unknown): ForeignField[] {
  const found: ForeignField[] = [];
  for (const { manager = "", time, subresource, fieldsV1 } of live.metadata.managedFields ?? []) {
    if (EXPECTED.test(manager) || subresource === "status" || fieldsV1 === undefined) continue;
    for (const { path, value } of unstated(fieldsV1, live, stated, "")) {
      if (path.endsWith(RESTARTED)) continue;
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

function unstated(fields: FieldSet, live: unknown, stated: unknown, path: string): Found[] {
  return Object.entries(fields).flatMap(([step, below]) => {
    if (step === ".") return [];
    const child = take(step, live, path);
    // Gone since, with its manager's entry left behind.
    if (child.value === undefined) return [];
    const there = take(step, stated, path).value;
    const isItem = !step.startsWith("f:");
    const isLeaf = Object.keys(below).length === 0;
    if (there === undefined && (isItem || isLeaf)) return [child];
    // In Pulumi's state a secret is encrypted: what it has isn't known.
    return isSecret(there) ? [] : unstated(below, child.value, there, child.path);
  });
}

/** What a step of a field set leads to: `f:name`, `k:{"key":"value"}`, `v:"value"` or `i:index`. */
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
  if (!isObject(key))
    return { path: `${path}[${rest}]`, value: items.find((item) => item === key) };
  const names = Object.entries(key).map(([name, value]) => `${name}=${String(value)}`);
  return { path: `${path}[${names.join(",")}]`, value: items.find((item) => fits(item, key)) };
}

/** Whether an item has a key; what it leaves out (such as a port's protocol) is the API's default. */
function fits(item: unknown, key: Record<string, unknown>): boolean {
  if (!isObject(item)) return false;
  return Object.entries(key).every(([name, value]) => (item[name] ?? value) === value);
}
