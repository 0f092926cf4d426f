import { execFileSync } from "node:child_process";
import { podRequests } from "../../lib/kubernetes/pod-requests";
import { nothing, type Resources, resources, sum, times } from "../../lib/kubernetes/quantity";
import { ClusterTarget } from "../../lib/kubernetes/target";
import { readMinikubeProfile } from "../../lib/minikube/profile";
import type { Settings } from "../../settings";

/** What the pods of the stack may request in the cluster. */
export interface ClusterRoom extends Resources {
  /** What the numbers are from, as the subject of "leaves". */
  of: string;
  /** Number of nodes that take pods. */
  nodes: number;
  /** What pods of other namespaces request in these nodes, next to which the stack's have to fit. */
  others: Resources;
}

/**
 * Requests of kube-system in a node of Minikube: API server 250m, controller manager 200m, scheduler 100m,
 * etcd 100m and 100 MiB, CoreDNS 100m and 70 MiB, metrics-server 100m and 200 MiB.
 */
const kubeSystem: Resources = { cpu: 850, memory: 370 };

/** The nodes, one a line: name, whether it is cordoned, taints, allocatable. */
const nodeColumns = [
  "{.metadata.name}",
  "{.spec.unschedulable}",
  "{.spec.taints}",
  "{.status.allocatable}",
];

/** The pods, one a line: node, requests of containers, of sidecars, of all init containers. */
const podColumns = [
  "{.spec.nodeName}",
  "{.spec.containers[*].resources.requests}",
  "{.spec.initContainers[?(@.restartPolicy=='Always')].resources.requests}",
  "{.spec.initContainers[*].resources.requests}",
];

type Amounts = Partial<Record<string, string>>;

/** A taint of a node. */
interface Taint {
  key: string;
  effect: string;
}

/**
 * Returns the room in the cluster that is there: what its nodes allocate, and what the pods of other
 * namespaces that run in them request. Where the cluster doesn't tell, it is that of a Minikube's profile.
 *
 * @returns undefined where neither is known.
 */
export function clusterRoom({
  context,
  kubeconfig,
  namespace,
}: Pick<Settings, "context" | "kubeconfig" | "namespace">): ClusterRoom | undefined {
  const target = new ClusterTarget({ context, kubeconfig });
  const nodes = lines(target, ["nodes"], nodeColumns).filter(takesPods);
  if (nodes.length === 0) return profileRoom(context);
  const names = new Set(nodes.map(([name]) => name));
  // A pod without a node, such as a neighbour's that fits nowhere, takes nothing from anyone.
  const bound = [
    `metadata.namespace!=${namespace}`,
    "spec.nodeName!=",
    "status.phase!=Succeeded",
    "status.phase!=Failed",
  ];
  const neighbours = ["pods", "--all-namespaces", "--field-selector", bound.join(",")];
  const pods = lines(target, neighbours, podColumns);
  return {
    ...sum(nodes.map(([, , , allocatable]) => resources(values<Amounts>(allocatable)[0]))),
    of: `cluster ${context}`,
    nodes: nodes.length,
    others: sum(pods.filter(([node]) => names.has(node)).map(requestsOf)),
  };
}

/**
 * Whether a node takes the stack's pods, which tolerate no taint. Kubernetes' own taints for a node that isn't
 * ready or lacks memory come and go: they say nothing of the cluster's size.
 */
function takesPods([, cordoned = "", taints]: readonly string[]): boolean {
  const [all = []] = values<Taint[]>(taints);
  return (
    cordoned !== "true" &&
    all.every(
      ({ key, effect }) =>
        effect === "PreferNoSchedule" || /^node\.kubernetes\.io\/(?!unschedulable$)/.test(key),
    )
  );
}

function requestsOf([, main, sidecars, initial]: readonly string[]): Resources {
  const containers = (column: string | undefined) =>
    values<Amounts>(column).map((requests) => ({ resources: { requests } }));
  return podRequests({
    containers: [...containers(main), ...containers(sidecars)],
    initContainers: containers(initial),
  });
}

/** Parses a column: JSON without white space, of each value that there is. */
function values<T>(column = ""): T[] {
  return column
    .split(" ")
    .filter((text) => text !== "")
    .map((text) => JSON.parse(text) as T);
}

/** Asks for some fields of all objects; none where kubectl is missing, or may not list them. */
function lines(
  { kubectlArguments }: ClusterTarget,
  objects: readonly string[],
  columns: readonly string[],
): string[][] {
  const template = `jsonpath={range .items[*]}${columns.join("{'\\t'}")}{'\\n'}{end}`;
  const get = ["--request-timeout", "10s", "get", ...objects, "--output", template];
  try {
    // Synchronous, because the program's exports depend on the cluster.
    const output = execFileSync("kubectl", [...kubectlArguments, ...get], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 30_000,
    });
    return output
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split("\t"));
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
    others: nothing,
  };
}
