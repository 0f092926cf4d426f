import type { Settings } from "../components/settings";

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

/** What a policy may look at beside the resource. */
export interface PolicyContext {
  settings: Pick<Settings, "environment" | "backend" | "frontend" | "rollout" | "minikube">;
  /** All resources that the program has asked for so far, this one included. */
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
