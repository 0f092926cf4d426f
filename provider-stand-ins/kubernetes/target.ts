/** What an operation acts on: names, places and switches, read from an object's inputs. */
import type { Operation } from "../protocol/provider";
import type { JsonObject, Properties } from "../protocol/values";
import { isObject, reveal } from "../protocol/values";
import type { Place } from "./cluster";
import { text } from "./json";
import { ANNOTATIONS } from "./kinds";
import type { ObjectKind } from "./kinds";
import type { Connection } from "./provider";

/** A kind of object in a cluster. */
export interface Target {
  connection: Connection;
  kind: ObjectKind;
}

const DEFAULT_TIMEOUT_S = 600;

/** The object's place in the API. */
export function placeOf(kind: ObjectKind, object: JsonObject): Place & { name: string } {
  const namespace = text(object, "metadata", "namespace");
  return {
    kind,
    namespace: namespace === "" ? "default" : namespace,
    name: text(object, "metadata", "name"),
  };
}

/** The id of an object in Pulumi: `<namespace>/<name>`, or the name alone outside namespaces. */
export function idOf(object: JsonObject): string {
  const namespace = text(object, "metadata", "namespace");
  const name = text(object, "metadata", "name");
  return namespace === "" ? name : `${namespace}/${name}`;
}

/** The place that an id means. */
export function placeOfId(kind: ObjectKind, id: string): Place & { name: string } {
  const [first = "", second] = id.split("/");
  const name = second ?? first;
  if (name === "") throw new Error(`found id "${id}", expected <namespace>/<name> or <name>`);
  return { kind, namespace: second === undefined ? "default" : first, name };
}

/** An annotation's value, empty where there is none. Inputs may hold secrets and unknowns. */
export function annotation(inputs: Properties, name: string): string {
  const metadata = reveal(inputs.metadata ?? null);
  const annotations = isObject(metadata) ? metadata.annotations : undefined;
  const value = isObject(annotations) ? annotations[name] : undefined;
  return typeof value === "string" ? value : "";
}

/** Whether the program asks not to wait for this object. */
export function skipsAwait(inputs: Properties): boolean {
  return annotation(inputs, ANNOTATIONS.skipAwait) === "true";
}

/** Seconds until a wait fails: customTimeouts, else the annotation, else ten minutes. */
export function timeoutOf(operation: Operation, inputs: Properties): number {
  if (operation.timeout > 0) return operation.timeout;
  const seconds = Number(annotation(inputs, ANNOTATIONS.timeoutSeconds));
  return Number.isInteger(seconds) && seconds > 0 ? seconds : DEFAULT_TIMEOUT_S;
}
