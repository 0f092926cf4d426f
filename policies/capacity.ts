import { resources, sum, times, type Resources } from "../components/quantity";
import { podsOf, type Pods } from "./pods";
import type { PolicyContext, PolicyResource } from "./policy";

/**
 * Whether all pods so far fit into the node that Minikube makes: as many as they are, and one more of each
 * Deployment while it rolls. The first resource that doesn't fit is the one that is named.
 */
export function capacity(
  resource: PolicyResource,
  { settings, resources: all }: PolicyContext,
): string[] {
  if (podsOf(resource) === undefined) return [];
  const node: Resources = { cpu: settings.minikube.cpus * 1000, memory: settings.minikube.memory };
  const asked = sum(
    all.flatMap((one) => {
      const pods = podsOf(one);
      return pods === undefined ? [] : [times(requestsOf(pods), countOf(one, pods, settings))];
    }),
  );
  const over = {
    cpu: `${asked.cpu}m CPU; minikube.cpus is ${settings.minikube.cpus}`,
    memory: `${asked.memory} MiB of memory; minikube.memory is ${settings.minikube.memory} MB`,
  };
  return (["cpu", "memory"] as const)
    .filter((unit) => asked[unit] > node[unit])
    .map((unit) => `with this, the pods request ${over[unit]}`);
}

function requestsOf({ mainContainers }: Pods): Resources {
  return sum(mainContainers.map((container) => resources(container.resources?.requests)));
}

function countOf(
  resource: PolicyResource,
  { kind, replicas }: Pods,
  { backend, frontend, rollout }: PolicyContext["settings"],
): number {
  if (kind !== "Deployment") return typeof replicas === "number" ? replicas : 1;
  const { metadata } = resource.inputs as { metadata?: { name?: string } };
  const service = [backend, frontend].find(({ name }) => name === metadata?.name);
  const scaled = service?.autoscaling.enabled === true ? service.autoscaling.minReplicas : 1;
  return (typeof replicas === "number" ? replicas : scaled) + Math.min(1, rollout.maxSurge);
}
