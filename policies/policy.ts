import type { KubernetesObject } from "../components/release/ownership";
import type { Settings } from "../settings";

/** What stands for a secret in a resource's inputs. */
export const SECRET = "[secret]";

/** What stands for a value that isn't known before an update. */
export const UNKNOWN = "[unknown]";

/** A resource as the policies see it: its inputs as JSON, without secrets and unknown values. */
export interface PolicyResource {
  /** Pulumi's type token, such as `kubernetes:apps/v1:Deployment`. */
  type: string;
  name: string;
  inputs: unknown;
}

/**
 * An object of Kubernetes that isn't Pulumi's, such as a chart's, as the policies see a resource. What a
 * Secret of the chart holds never comes into Pulumi's state.
 */
export function policyResource(object: KubernetesObject): PolicyResource {
  const { apiVersion, kind, metadata } = object;
  const group = apiVersion === "v1" ? "core/v1" : apiVersion;
  const inputs = kind === "Secret" ? { ...object, data: SECRET, stringData: SECRET } : object;
  return { type: `kubernetes:${group}:${kind}`, name: metadata.name, inputs };
}

/** What a policy may look at beside the resource. */
export interface PolicyContext {
  settings: Pick<Settings, "environment" | "backend" | "frontend" | "rollout" | "minikube">;
  /** All resources that the program has asked for so far, and the objects of its release; this one included. */
  resources: readonly PolicyResource[];
}

/** A rule that the resources of every stack keep. */
export interface Policy {
  /** A short name, as it is shown with a violation. */
  name: string;
  /** The rule in a sentence. */
  sentence: string;
  /**
   * Looks at one resource.
   *
   * @returns what breaks the rule, each with its place; nothing where it is kept, or says nothing of such a
   *   resource.
   */
  check: (resource: PolicyResource, context: PolicyContext) => string[];
}

/** A policy that a resource breaks. */
export interface Violation {
  policy: string;
  /** `<type> <name>` of the resource. */
  resource: string;
  found: string;
  expected: string;
}
