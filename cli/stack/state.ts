import {
  type ClusterIdentity,
  IDENTITY_TYPE,
  type RecordedCluster,
  type RecordedNamespace,
} from "../../lib/kubernetes/cluster-identity";
import { PulumiError, pulumiOutput, type StackEnvironment } from "./run-pulumi";

/** The parts of a resource in a stack's state that this project reads. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  /** Whether the resource is only read, and belongs to others. */
  external?: boolean;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  /** URN of the resource whose deletion deletes this one too. */
  deletedWith?: string;
}

/** A stack's state. */
export interface StackState {
  resources: StateResource[];
  /** What an update was creating or changing when it was interrupted. @default none */
  pending?: StateResource[];
}

/** Reads a stack's state. Secrets stay encrypted. */
export async function readState(environment: StackEnvironment): Promise<StackState> {
  const text = await pulumiOutput(environment, ["stack", "export", "--stack", environment.stack]);
  const { deployment } = JSON.parse(text) as {
    deployment?: {
      resources?: StateResource[] | null;
      pending_operations?: { resource: StateResource }[] | null;
    };
  };
  const pending = (deployment?.pending_operations ?? []).map(({ resource }) => resource);
  return { resources: deployment?.resources ?? [], ...(pending.length > 0 && { pending }) };
}

/** Reads a stack's state as {@link readState} does; undefined where the backend has no such stack. */
export async function findState(environment: StackEnvironment): Promise<StackState | undefined> {
  try {
    return await readState(environment);
  } catch (error) {
    if (error instanceof PulumiError && error.stderr.includes("no stack named")) return undefined;
    throw error;
  }
}

/**
 * Returns what a state has recorded of its cluster: the identity that the program stored, or what the
 * resources of a former version tell of it.
 *
 * @returns undefined where nothing is deployed.
 */
export function recordedCluster(state: StackState): RecordedCluster | undefined {
  const resources = state.resources.filter(({ type }) => type !== "pulumi:pulumi:Stack");
  if (resources.length === 0) return undefined;
  const { context, server, uid, authority, minikube } = (resources.find(
    ({ type }) => type === IDENTITY_TYPE,
  )?.outputs ?? {}) as Partial<ClusterIdentity>;
  const provider = resources.find(({ type }) => type === "pulumi:providers:kubernetes")?.inputs;
  return {
    context: context ?? text(provider?.context),
    kubeconfig: text(provider?.kubeconfig) ?? "",
    server,
    uid,
    authority,
    minikube,
    deployed: [...resources, ...(state.pending ?? [])].some(isInCluster),
    namespaces: createdNamespaces(state),
  };
}

/** Whether a resource is an object of the stack in a cluster; a Helm release is one too. */
function isInCluster({ type, external }: StateResource): boolean {
  return type.startsWith("kubernetes:") && external !== true;
}

/** Returns the namespaces that a stack has created. */
export function createdNamespaces({ resources }: StackState): RecordedNamespace[] {
  return resources
    .filter(({ type, id }) => type === "kubernetes:core/v1:Namespace" && id !== undefined)
    .filter(isInCluster)
    .map(({ id = "", outputs }) => {
      const metadata = outputs?.metadata as { name?: string; uid?: string } | undefined;
      return { name: metadata?.name ?? id, uid: metadata?.uid };
    });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Returns every name that the images in Minikube's node have had (components/images/node-image.ts). */
export function nodeImageNames({ resources }: StackState): string[] {
  const names = resources
    .filter(({ type }) => type === "pulumi-nodejs:dynamic:Resource")
    .flatMap(({ outputs }) => (Array.isArray(outputs?.names) ? (outputs.names as string[]) : []));
  return [...new Set(names)];
}
