import type { KubernetesObject } from "../lib/kubernetes/objects";
import type { Resources } from "../lib/kubernetes/quantity";
import type { Settings } from "../settings";

/** The marker for a secret in a resource's inputs. */
export const SECRET = "[secret]";

/** The marker for a value that isn't known before an update. */
export const UNKNOWN = "[unknown]";

/** A resource as the policies see it: its inputs as JSON, with markers for secrets and unknown values. */
export interface PolicyResource {
  /** Pulumi's type token, such as `kubernetes:apps/v1:Deployment`. */
  type: string;
  name: string;
  inputs: unknown;
}

/**
 * Converts a Kubernetes object that Pulumi doesn't own, such as one of the chart, to a resource for the
 * policies. The content of a Secret counts as secret: it never gets into Pulumi's state.
 */
export function policyResource(object: KubernetesObject): PolicyResource {
  const { apiVersion, kind, metadata } = object;
  const group = apiVersion === "v1" ? "core/v1" : apiVersion;
  const inputs = kind === "Secret" ? { ...object, data: SECRET, stringData: SECRET } : object;
  return { type: `kubernetes:${group}:${kind}`, name: metadata.name, inputs };
}

/** What the pods of one stack may request in a cluster. */
export interface Room extends Resources {
  /** What the numbers are from, as the subject of "leaves". */
  of: string;
  /** Number of nodes: of a DaemonSet each has a pod. */
  nodes: number;
  /** What pods of other namespaces request in addition: it is not this stack's fault where both don't fit. */
  others: Resources;
}

/** What a policy may read in addition to the resource. */
export interface PolicyContext {
  settings: Pick<Settings, "environment" | "backend" | "frontend" | "rollout">;
  /** What the pods of this stack may request; undefined where the cluster's size isn't known. */
  room?: Room;
  /** All resources that were registered so far, and the objects of the release; this one included. */
  resources: readonly PolicyResource[];
}

/** A rule for the resources of every stack. */
export interface Policy {
  /** A short name, shown with a violation. */
  name: string;
  /** The rule in a sentence. */
  sentence: string;
  /**
   * Checks one resource.
   *
   * @returns each violation with its place; none where the rule doesn't apply to such a resource.
   */
  check: (resource: PolicyResource, context: PolicyContext) => string[];
}

/** A policy that a resource violates. */
export interface Violation {
  policy: string;
  /** `<type> <name>` of the resource. */
  resource: string;
  found: string;
  expected: string;
}
