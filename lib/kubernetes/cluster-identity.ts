/** Pulumi's type of the resource that records a cluster's identity (components/cluster/cluster-identity.ts). */
export const IDENTITY_TYPE = "pulumi-nodejs:dynamic/cluster:Identity";

/** What identifies a cluster. A context is only a name: a kubeconfig can point it to another cluster. */
export interface ClusterIdentity {
  /** Context of the kubeconfig. */
  context: string;
  /** Address of the API server; for messages alone, since Minikube's changes when it restarts. */
  server?: string;
  /** UID of the namespace kube-system; undefined where it can't be read. */
  uid?: string;
  /**
   * Fingerprint of the certificate authority. Minikube keeps one for all profiles of a folder, so it stays the
   * same when a profile is deleted and created anew, and differs between machines.
   */
  authority?: string;
  /** Whether the context leads to the Minikube profile of its name. */
  minikube?: boolean;
}

/** A namespace of a stack, with the UID that the cluster gave it. */
export interface RecordedNamespace {
  name: string;
  uid: string | undefined;
}

/** What a stack's state has recorded of the cluster that it was deployed to. */
export interface RecordedCluster extends Omit<ClusterIdentity, "context"> {
  /** Undefined where the state has no Kubernetes provider. */
  context?: string;
  /** The kubeconfig of the recorded provider; empty: the one that kubectl finds. */
  kubeconfig: string;
  /** Whether the stack has objects there. An update that fails early records the cluster alone. */
  deployed: boolean;
  /** The namespaces that the stack created there. */
  namespaces: readonly RecordedNamespace[];
}

/** What can be seen of the configured cluster now. */
export interface LiveCluster {
  /** missing: the kubeconfig and Minikube have none of the name; silent: there is one, but it doesn't answer. */
  state: "running" | "silent" | "missing";
  /** UID of kube-system; undefined where it can't be read. */
  uid?: string;
  /** UIDs of the recorded namespaces by name; undefined: it doesn't exist. A missing name couldn't be read. */
  namespaces: ReadonlyMap<string, string | undefined>;
  /**
   * Fingerprint of the certificate authority in Minikube's folder; only where that folder has no profile of the
   * context's name: then a Minikube with this authority doesn't exist any more.
   */
  authorityWithoutProfile?: string;
}

/**
 * How the recorded cluster and the configured one relate:
 *
 * - `same`: they are one cluster, or nothing tells them apart;
 * - `other-context`: the settings name another context than the state;
 * - `other-cluster`: the context leads to another cluster than the recorded one;
 * - `foreign-namespace`: a namespace of the stack's name exists, but another one than the stack created;
 * - `recreated`: the Minikube was deleted and created anew, and has nothing of the stack;
 * - `deleted`: the Minikube was deleted, and everything in it;
 * - `unreachable`: the cluster can't be asked, which doesn't mean that it is gone;
 * - `undeployed`: the settings don't lead to the recorded cluster, but the stack has nothing there.
 */
export type ClusterRelation =
  | "same"
  | "other-context"
  | "other-cluster"
  | "foreign-namespace"
  | "recreated"
  | "deleted"
  | "unreachable"
  | "undeployed";

/**
 * Compares the cluster that a state has recorded with the configured one. A state of a former version has
 * no UID: then the context and the namespaces decide.
 */
export function compareIdentity(
  recorded: RecordedCluster,
  configured: ClusterIdentity,
  live: LiveCluster,
): ClusterRelation {
  const relation = compareDeployed(recorded, configured, live);
  if (recorded.deployed) return relation;
  const isKnown = relation === "same" || relation === "recreated" || relation === "deleted";
  const isStopped = relation === "unreachable" && live.state === "silent";
  return isKnown || isStopped ? relation : "undeployed";
}

function compareDeployed(
  recorded: RecordedCluster,
  configured: ClusterIdentity,
  live: LiveCluster,
): ClusterRelation {
  if (recorded.context !== undefined && recorded.context !== configured.context) {
    return "other-context";
  }
  if (live.state !== "running") {
    return live.state === "missing" && isDeleted(recorded, live) ? "deleted" : "unreachable";
  }
  const namespaces = compareNamespaces(recorded.namespaces, live.namespaces);
  if (recorded.uid !== undefined && live.uid !== undefined) {
    if (recorded.uid === live.uid) return namespaces === "others" ? "foreign-namespace" : "same";
    if (!isSameMinikube(recorded, configured)) return "other-cluster";
    // No namespace may be recorded: others created it, or the first update failed before.
    const isFree = namespaces === "absent" || namespaces === "unknown";
    return isFree ? "recreated" : "foreign-namespace";
  }
  if (namespaces === "others") return "other-cluster";
  if (namespaces !== "absent") return "same";
  // The namespace was deleted by hand, or the whole Minikube: nothing tells which.
  if (configured.minikube === true && recorded.minikube !== false) return "same";
  const sameServer = recorded.server !== undefined && recorded.server === configured.server;
  return sameServer ? "same" : "other-cluster";
}

/** Whether the recorded cluster was a Minikube whose folder this is, and the profile doesn't exist any more. */
function isDeleted(recorded: RecordedCluster, live: LiveCluster): boolean {
  const { minikube, authority } = recorded;
  return minikube === true && authority !== undefined && authority === live.authorityWithoutProfile;
}

/** Whether both are Minikubes of one folder and one name, of which only one can exist at a time. */
function isSameMinikube(recorded: RecordedCluster, configured: ClusterIdentity): boolean {
  return (
    recorded.minikube === true &&
    configured.minikube === true &&
    recorded.authority !== undefined &&
    recorded.authority === configured.authority
  );
}

/**
 * Returns what of the recorded namespaces the cluster has. same: at least one of them; others: namespaces of
 * their names with other UIDs; absent: none; unknown: none is recorded, or they can't be read.
 */
function compareNamespaces(
  recorded: readonly RecordedNamespace[],
  live: ReadonlyMap<string, string | undefined>,
): "same" | "others" | "absent" | "unknown" {
  const readable = recorded.filter(({ name }) => live.has(name));
  if (readable.length === 0) return "unknown";
  const found = readable.filter(({ name }) => live.get(name) !== undefined);
  if (found.length === 0) return "absent";
  return found.some(({ name, uid }) => uid === undefined || uid === live.get(name))
    ? "same"
    : "others";
}
