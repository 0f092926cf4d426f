import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { ClusterTarget, RecordedIdentity } from "../../lib/kubernetes/target";
import { pulumiOutput, type StackEnvironment } from "./run-pulumi";

/** The parts of a resource in a stack's state that this project reads. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  /** URN of the resource whose deletion deletes this one too. */
  deletedWith?: string;
  /** Whether it is only read. */
  external?: boolean;
}

/** A stack's state. */
export interface StackState {
  resources: StateResource[];
}

/** Reads a stack's state. Secrets stay encrypted. */
export async function readState(environment: StackEnvironment): Promise<StackState> {
  const text = await pulumiOutput(environment, ["stack", "export", "--stack", environment.stack]);
  const { deployment } = JSON.parse(text) as {
    deployment?: { resources?: StateResource[] | null };
  };
  return { resources: deployment?.resources ?? [] };
}

/** Returns what a state has recorded of its cluster: the namespaces that the stack created there. */
export function recordedIdentity({ resources }: StackState): RecordedIdentity {
  const namespaces = resources
    .filter(({ type, id }) => type === "kubernetes:core/v1:Namespace" && id !== undefined)
    .map(({ id = "", outputs }) => {
      const metadata = outputs?.metadata as { name?: string; uid?: string } | undefined;
      return { name: metadata?.name ?? id, uid: metadata?.uid };
    });
  return { namespaces };
}

/** Reads the state, and returns the stack's cluster with what the state has recorded of it. */
export async function readRecordedTarget(environment: StackEnvironment): Promise<ClusterTarget> {
  return environment.target.withRecorded(recordedIdentity(await readState(environment)));
}

/**
 * Returns why the state doesn't fit the cluster: it records a namespace that this cluster doesn't have, or
 * has with another UID. That is so after `minikube delete`, and where a user deleted the namespace.
 *
 * @returns undefined where the two fit, or nothing is deployed.
 */
export async function refreshReason(
  { recorded }: Pick<ClusterTarget, "recorded">,
  kubectl: Pick<Kubectl, "run">,
): Promise<string | undefined> {
  for (const { name, uid } of recorded?.namespaces ?? []) {
    const result = await kubectl.run([
      ...["get", "namespace", name],
      ...["--ignore-not-found", "-o", "jsonpath={.metadata.uid}"],
    ]);
    if (result.code !== 0) continue;
    const found = result.stdout.trim();
    if (found === "") return `the namespace "${name}" that was deployed isn't in this cluster`;
    if (uid !== undefined && uid !== found) {
      return `the namespace "${name}" in this cluster isn't the one that was deployed`;
    }
  }
  return undefined;
}

/** Returns every name that the images in Minikube's node have had (components/images/node-image.ts). */
export function nodeImageNames({ resources }: StackState): string[] {
  const names = resources
    .filter(({ type }) => type === "pulumi-nodejs:dynamic:Resource")
    .flatMap(({ outputs }) => (Array.isArray(outputs?.names) ? (outputs.names as string[]) : []));
  return [...new Set(names)];
}
