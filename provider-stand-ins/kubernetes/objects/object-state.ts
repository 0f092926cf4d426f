import { randomBytes } from "node:crypto";
import type { Json, JsonObject, Properties, Value } from "../../protocol/values";
import { isObject, revealAll } from "../../protocol/values";
import { isJsonObject } from "../api/json-fields";
import { withSecrets } from "./object-secrets";
import { sameQuantity } from "./same-quantity";

/** Returns a new field manager for server-side apply. The state keeps it: it owns the object's fields. */
export function newFieldManager(): string {
  return `pulumi-kubernetes-${randomBytes(4).toString("hex")}`;
}

/** Returns the field manager in an object's state, or a new one. */
export function fieldManagerOf(state: Properties): string {
  const name = state.__fieldManager;
  return typeof name === "string" ? name : newFieldManager();
}

/**
 * Returns the state of an object: the API server's answer as outputs, and what later operations need. The
 * official plugin uses the same names.
 */
export function stateOf(live: JsonObject, inputs: Properties, fieldManager: string): Properties {
  const kind = typeof live.kind === "string" ? live.kind : "";
  return {
    ...withSecrets(kind, live, inputs),
    __inputs: inputs,
    __initialApiVersion: live.apiVersion ?? null,
    __fieldManager: fieldManager,
  };
}

/** Returns the fields of a live object that the program has set, with their present values. */
export function liveInputs(live: JsonObject, inputs: Properties): Properties {
  const pruned = pruneObject([], live, revealAll(inputs));
  return withSecrets(String(live.kind), pruned, inputs);
}

function pruneObject(path: string[], live: JsonObject, inputs: Properties): Properties {
  const result: Properties = {};
  for (const [key, wanted] of Object.entries(inputs)) {
    const value = live[key];
    const pruned = prune([...path, key], value, wanted);
    if (pruned !== undefined) result[key] = pruned;
  }
  return result;
}

function prune(path: string[], live: Json | undefined, wanted: Value): Value | undefined {
  // The server removes empty values that mean the default: that is no change.
  if (live === undefined || live === null) return isEmpty(wanted) ? wanted : undefined;
  if (isJsonObject(live) && isObject(wanted)) return pruneObject(path, live, wanted);
  if (Array.isArray(live) && Array.isArray(wanted)) {
    return wanted
      .slice(0, live.length)
      .map((item, index) => prune(path, live[index], item) ?? null);
  }
  return sameQuantity(path, wanted, live) ? wanted : live;
}

function isEmpty(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.values(value).every(isEmpty);
  return value === null || value === "" || value === 0 || value === false;
}
