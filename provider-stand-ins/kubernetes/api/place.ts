import type { JsonObject } from "../../protocol/values";
import { text } from "./json-fields";

/** How the API server names a kind of object. */
export interface ApiResource {
  /** Group and version, such as `apps/v1`, or the version alone for the core group. */
  apiVersion: string;
  /** The lower-case plural in paths, such as `deployments`. */
  plural: string;
  /** Whether its objects are in namespaces. */
  namespaced: boolean;
}

/** Where an object or, without a name, a list of objects is in the API. */
export interface Place {
  kind: ApiResource;
  namespace: string;
  name?: string;
}

/** The place of one object. */
export type ObjectPlace = Place & { name: string };

/** Returns an object's place. */
export function placeOf(kind: ApiResource, object: JsonObject): ObjectPlace {
  const namespace = text(object, "metadata", "namespace");
  return {
    kind,
    namespace: namespace === "" ? "default" : namespace,
    name: text(object, "metadata", "name"),
  };
}

/** Returns an object's id in Pulumi: `<namespace>/<name>`, or the name of an object outside namespaces. */
export function idOf(object: JsonObject): string {
  const namespace = text(object, "metadata", "namespace");
  const name = text(object, "metadata", "name");
  return namespace === "" ? name : `${namespace}/${name}`;
}

/**
 * Returns the place of the object with an id.
 *
 * @throws Error where the id has no name.
 */
export function placeOfId(kind: ApiResource, id: string): ObjectPlace {
  const [first = "", second] = id.split("/");
  const name = second ?? first;
  if (name === "") throw new Error(`found id "${id}", expected <namespace>/<name> or <name>`);
  return { kind, namespace: second === undefined ? "default" : first, name };
}

/** Returns the path of a place in the API. */
export function pathOf({ kind, namespace, name }: Place): string {
  const root = kind.apiVersion.includes("/")
    ? `/apis/${kind.apiVersion}`
    : `/api/${kind.apiVersion}`;
  const scope = kind.namespaced ? `/namespaces/${namespace}` : "";
  return `${root}${scope}/${kind.plural}${name === undefined ? "" : `/${name}`}`;
}
