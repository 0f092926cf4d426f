import { peak, podRequests } from "../../../lib/kubernetes/pod-requests";
import { type Resources, resources, sum } from "../../../lib/kubernetes/quantity";
import type { ClusterTarget } from "../../../lib/kubernetes/target";
import { databaseInCluster, minimumReplicas, type Settings, surgePods } from "../../../settings";
import type { Finding } from "../finding";
import type { Pod } from "../pod";

/** The parts of `kubectl get nodes -o json` that the checks read. */
export interface NodeList {
  items: {
    metadata: { name: string };
    spec?: { unschedulable?: boolean };
    status: {
      allocatable?: Partial<Record<string, string>>;
      nodeInfo?: { architecture?: string };
    };
  }[];
}

/**
 * Returns the requests of the stack at its peak: every replica, and in addition one surge pod of each
 * service, as both may roll at the same time.
 */
export function requestsOf(settings: Settings): Resources {
  const surge = surgePods(settings.rollout);
  const services = [settings.backend, settings.frontend].map((service) => ({
    one: resources(service.resources.requests),
    count: minimumReplicas(service),
    surge,
  }));
  const database = { one: resources(settings.postgres.resources.requests), count: 1, surge: 0 };
  return peak(databaseInCluster(settings) ? [...services, database] : services);
}

/** Compares the size of the nodes with the requests of the stack and of the other namespaces. */
export function nodeSizeFinding(
  settings: Settings,
  nodes: NodeList["items"],
  pods: readonly Pod[],
  target: Pick<ClusterTarget, "minikube">,
): Finding {
  const usable = nodes.filter(({ spec }) => !spec?.unschedulable);
  const room = sum(usable.map(({ status }) => resources(status.allocatable)));
  const others = sum(
    pods
      .filter(({ metadata }) => metadata.namespace !== settings.namespace)
      .filter(({ status }) => status.phase === "Running" || status.phase === "Pending")
      .map(({ spec }) => podRequests(spec)),
  );
  const requested = requestsOf(settings);
  const lacking = (["cpu", "memory"] as const).filter(
    (key) => others[key] + requested[key] > room[key],
  );
  const sums =
    `the stack asks for ${format(requested)} with one surge pod each, other namespaces have ${format(others)}, ` +
    `the ${usable.length === 1 ? "node has" : `${usable.length} nodes have`} ${format(room)}`;
  if (lacking.length === 0) return { check: "node size", state: "ok", found: `Enough: ${sums}.` };
  return {
    check: "node size",
    state: "fix",
    found: `Too little ${lacking.join(" and ")}: ${sums}.`,
    hint: `Fewer replicas or smaller requests in the stack's file, fewer addons, or a larger node: \`${target.minikube("delete")}\`, raise minikube.cpus or minikube.memory, \`npm run up\`.`,
  };
}

function format({ cpu, memory }: Resources): string {
  return `${cpu}m CPU and ${memory} MiB`;
}
