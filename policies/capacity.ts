import { peak, podRequests } from "../lib/kubernetes/pod-requests";
import { sum, times, type Resources } from "../lib/kubernetes/quantity";
import { podsOf, type Pods } from "./pods";
import type { PolicyContext, PolicyResource } from "./policy";

/**
 * What kube-system asks for in a node that Minikube makes: API server 250m, controller manager 200m,
 * scheduler 100m, etcd 100m and 100 MiB, CoreDNS 100m and 70 MiB, metrics-server 100m and 200 MiB.
 */
export const kubeSystem: Resources = { cpu: 850, memory: 370 };

/**
 * Whether all pods so far fit, beside those of kube-system, into the node that Minikube makes: as many as
 * they are, and one more of each Deployment while it rolls.
 */
export function capacity(
  resource: PolicyResource,
  { settings, resources: all }: PolicyContext,
): string[] {
  if (podsOf(resource) === undefined) return [];
  const { cpus, memory } = settings.minikube;
  const room = sum([{ cpu: cpus * 1000, memory }, times(kubeSystem, -1)]);
  const asked = askedBy(all, settings);
  const over = {
    cpu: `${asked.cpu}m CPU; minikube.cpus is ${cpus}, which leaves ${room.cpu}m beside kube-system`,
    memory: `${asked.memory} MiB of memory; minikube.memory is ${memory} MB, which leaves ${room.memory} beside kube-system`,
  };
  return (["cpu", "memory"] as const)
    .filter((unit) => asked[unit] > room[unit])
    .map((unit) => `with this, the pods request ${over[unit]}`);
}

function askedBy(all: readonly PolicyResource[], settings: PolicyContext["settings"]): Resources {
  const found = all.flatMap((resource) => {
    const pods = podsOf(resource);
    return pods === undefined ? [] : [{ resource, pods, one: podRequests(pods.spec) }];
  });
  const staying = found
    .filter(({ pods }) => pods.lasting)
    .map(({ resource, pods, one }) => ({
      one,
      count: countOf(resource, pods, settings),
      surge: pods.kind === "Deployment" ? Math.min(1, settings.rollout.maxSurge) : 0,
    }));
  return peak(
    staying,
    found.filter(({ pods }) => !pods.lasting).map(({ one }) => one),
  );
}

function countOf(
  { inputs }: PolicyResource,
  { replicas }: Pods,
  { backend, frontend }: PolicyContext["settings"],
): number {
  if (typeof replicas === "number") return replicas;
  const { metadata } = inputs as { metadata?: { name?: string } };
  const service = [backend, frontend].find(({ name }) => name === metadata?.name);
  return service?.autoscaling.enabled === true ? service.autoscaling.minReplicas : 1;
}
