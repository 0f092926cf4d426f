import { databaseInCluster, minimumReplicas, surgePods, type Settings } from "../../../settings";
import type { Finding } from "../finding";
import { peak, podRequests } from "../../../lib/kubernetes/pod-requests";
import { resources, sum, type Resources } from "../../../lib/kubernetes/quantity";
import type { Pod } from "./pods";

/** `kubectl get nodes -o json`, as far as it matters here. */
export interface NodeList {
  items: {
    metadata: { name: string };
    spec?: { unschedulable?: boolean };
    status: { allocatable?: Partial<Record<string, string>> };
  }[];
}

/**
 * What the stack asks for at its peak: every replica, and beside them one surge pod of each service,
 * as both may roll at once.
 */
export function askedBy(settings: Settings): Resources {
  const surge = surgePods(settings.rollout);
  const services = [settings.backend, settings.frontend].map((service) => ({
    one: resources(service.resources.requests),
    count: minimumReplicas(service),
    surge,
  }));
  const database = { one: resources(settings.postgres.resources.requests), count: 1, surge: 0 };
  return peak(databaseInCluster(settings) ? [...services, database] : services);
}

/** The nodes' room against what the stack asks for beside what runs already. */
export function nodeSizeFinding(
  settings: Settings,
  nodes: NodeList["items"],
  pods: readonly Pod[],
): Finding {
  const usable = nodes.filter(({ spec }) => !spec?.unschedulable);
  const room = sum(usable.map(({ status }) => resources(status.allocatable)));
  const others = sum(
    pods
      .filter(({ metadata }) => metadata.namespace !== settings.namespace)
      .filter(({ status }) => status.phase === "Running" || status.phase === "Pending")
      .map(({ spec }) => podRequests(spec)),
  );
  const asked = askedBy(settings);
  const lacking = (["cpu", "memory"] as const).filter(
    (key) => others[key] + asked[key] > room[key],
  );
  const sums =
    `the stack asks for ${shown(asked)} with one surge pod each, other namespaces have ${shown(others)}, ` +
    `the ${usable.length === 1 ? "node has" : `${usable.length} nodes have`} ${shown(room)}`;
  if (lacking.length === 0) return { check: "node size", state: "ok", found: `Enough: ${sums}.` };
  return {
    check: "node size",
    state: "mend",
    found: `Too little ${lacking.join(" and ")}: ${sums}.`,
    fix: `Fewer replicas or smaller requests in the stack's file, fewer addons, or a larger node: \`minikube delete -p ${settings.context}\`, raise minikube.cpus or minikube.memory, \`npm run up\`.`,
  };
}

function shown({ cpu, memory }: Resources): string {
  return `${cpu}m CPU and ${memory} MiB`;
}
