import type { ClusterTarget } from "../../../lib/kubernetes/target";

/** The cause of a failure, and what to do next. */
export interface Explanation {
  cause: string;
  hint: string;
}

/** What the explanations may name. */
export interface FailureContext {
  stack: string;
  namespace: string;
  /** Name of the Helm release. */
  release: string;
  target: Pick<ClusterTarget, "context" | "kubectl" | "helm" | "minikube">;
}

/** A failure that is recognised by its text. */
export interface KnownFailure {
  /** Matches what pulumi, the engine, a provider or the cluster writes. */
  pattern: RegExp;
  /** Explains one match. */
  explain: (match: RegExpExecArray, context: FailureContext) => Explanation;
}
