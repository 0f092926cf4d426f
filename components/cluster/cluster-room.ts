import { execFileSync } from "node:child_process";
import { podRequests } from "../../lib/kubernetes/pod-requests";
import { type Resources, resources, sum, times } from "../../lib/kubernetes/quantity";
import { readMinikubeProfile } from "../../lib/minikube/profile";
import { expandHome } from "../../lib/paths";
import type { Settings } from "../../settings";

/** What the pods of the stack may request in the cluster. */
export interface ClusterRoom extends Resources {
  /** What the numbers are from, as the subject of "leaves". */
  of: string;
  /** Number of nodes that take pods. */
  nodes: number;
}

/**
 * Requests of kube-system in a node of Minikube: API server 250m, controller manager 200m, scheduler 100m,
 * etcd 100m and 100 MiB, CoreDNS 100m and 70 MiB, metrics-server 100m and 200 MiB.
 */
const kubeSystem: Resources = { cpu: 850, memory: 370 };

/** The parts of a node or a pod that count. */
interface NodeOrPod {
  kind: string;
  metadata: { namespace?: string };
  spec?: Parameters<typeof podRequests>[0] & { unschedulable?: boolean };
  status?: { phase?: string; allocatable?: Partial<Record<string, string>> };
}

/**
 * Returns the room in the cluster that is there: what its nodes allocate, less what the pods of other
 * namespaces request. Where the cluster doesn't tell, it is that of a Minikube's profile.
 *
 * @returns undefined where neither is known.
 */
export function clusterRoom({
  context,
  kubeconfig,
  namespace,
}: Pick<Settings, "context" | "kubeconfig" | "namespace">): ClusterRoom | undefined {
  const args = [
    ...[
      "--context",
      context,
      ...(kubeconfig === "" ? [] : ["--kubeconfig", expandHome(kubeconfig)]),
    ],
    ...["--request-timeout", "10s", "get", "nodes,pods", "--all-namespaces", "--output", "json"],
  ];
  const items = itemsOf(args);
  const nodes = items.filter(({ kind, spec }) => kind === "Node" && spec?.unschedulable !== true);
  if (nodes.length === 0) return profileRoom(context);
  const others = items
    .filter(({ kind, metadata }) => kind === "Pod" && metadata.namespace !== namespace)
    .filter(({ status }) => status?.phase === "Running" || status?.phase === "Pending")
    .map(({ spec }) => podRequests(spec ?? {}));
  const allocatable = nodes.map(({ status }) => resources(status?.allocatable));
  return {
    ...sum([...allocatable, ...others.map((one) => times(one, -1))]),
    of: `cluster ${context} next to the pods of other namespaces`,
    nodes: nodes.length,
  };
}

/** Lists nodes and pods; none where kubectl is missing, or may not list them. */
function itemsOf(args: readonly string[]): NodeOrPod[] {
  try {
    // Synchronous, because the program's exports depend on the cluster.
    const output = execFileSync("kubectl", args, {
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 30_000,
    });
    return (JSON.parse(output) as { items?: NodeOrPod[] }).items ?? [];
  } catch {
    return [];
  }
}

function profileRoom(context: string): ClusterRoom | undefined {
  const profile = readMinikubeProfile(context);
  if (profile === undefined || profile.cpus === 0) return undefined;
  return minikubeRoom(profile.cpus, profile.memoryMiB, `Minikube ${context}`);
}

/** Returns the room in the Minikube that the settings describe, for plans without a cluster. */
export function plannedRoom({
  context,
  allowedContexts,
  minikube,
}: Pick<Settings, "context" | "allowedContexts" | "minikube">): ClusterRoom | undefined {
  return allowedContexts.includes(context)
    ? undefined
    : minikubeRoom(minikube.cpus, minikube.memory, "the Minikube of the settings");
}

function minikubeRoom(cpus: number, memory: number, name: string): ClusterRoom {
  return {
    ...sum([{ cpu: cpus * 1000, memory }, times(kubeSystem, -1)]),
    of: `${name}, with ${cpus} CPUs and ${memory} MiB, next to kube-system`,
    nodes: 1,
  };
}
