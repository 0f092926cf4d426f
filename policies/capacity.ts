import { peak, podRequests } from "../lib/kubernetes/pod-requests";
import { type Resources, sum, times } from "../lib/kubernetes/quantity";
import { surgePods } from "../settings";
import type { PolicyContext, PolicyResource } from "./policy";
import { autoscalerMinimum, podsOf } from "./workload-pods";

/**
 * Requests of kube-system in a node of Minikube: API server 250m, controller manager 200m, scheduler 100m,
 * etcd 100m and 100 MiB, CoreDNS 100m and 70 MiB, metrics-server 100m and 200 MiB.
 */
export const kubeSystem: Resources = { cpu: 850, memory: 370 };

/**
 * Checks that all pods so far fit into the node that Minikube creates, next to those of kube-system: all
 * replicas, and one more pod of each Deployment while it rolls.
 */
export function capacity(
  resource: PolicyResource,
  { settings, resources: all }: PolicyContext,
): string[] {
  if (podsOf(resource) === undefined) return [];
  const { cpus, memory } = settings.minikube;
  const room = sum([{ cpu: cpus * 1000, memory }, times(kubeSystem, -1)]);
  const requested = peakRequests(all, settings);
  const over = {
    cpu: `${requested.cpu}m CPU; minikube.cpus is ${cpus}, which leaves ${room.cpu}m next to kube-system`,
    memory: `${requested.memory} MiB of memory; minikube.memory is ${memory} MB, which leaves ${room.memory} next to kube-system`,
  };
  return (["cpu", "memory"] as const)
    .filter((unit) => requested[unit] > room[unit])
    .map((unit) => `with this, the pods request ${over[unit]}`);
}

function peakRequests(
  all: readonly PolicyResource[],
  settings: PolicyContext["settings"],
): Resources {
  const found = all.flatMap((resource) => {
    const pods = podsOf(resource);
    return pods === undefined ? [] : [{ resource, pods, one: podRequests(pods.spec) }];
  });
  const staying = found
    .filter(({ pods }) => pods.lasting)
    .map(({ resource, pods: { replicas, kind }, one }) => ({
      one,
      count: typeof replicas === "number" ? replicas : (autoscalerMinimum(resource, settings) ?? 1),
      surge: kind === "Deployment" ? surgePods(settings.rollout) : 0,
    }));
  const passing = found.filter(({ pods }) => !pods.lasting).map(({ one }) => one);
  return peak(staying, passing);
}
