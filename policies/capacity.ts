import { peak, podRequests } from "../lib/kubernetes/pod-requests";
import { type Resources, times } from "../lib/kubernetes/quantity";
import { surgePods } from "../settings";
import type { PolicyContext, PolicyResource } from "./policy";
import { autoscalerMinimum, type Pods, podsOf } from "./workload-pods";

/**
 * Checks that all pods so far fit into the cluster, next to the pods of others: all replicas, and one more
 * pod of each Deployment while it rolls. Where the cluster's size isn't known, it checks nothing.
 */
export function capacity(resource: PolicyResource, context: PolicyContext): string[] {
  const { room } = context;
  if (room === undefined || podsOf(resource) === undefined) return [];
  const requested = peakRequests(context, room.nodes);
  const over = {
    cpu: `${requested.cpu}m CPU, and ${room.of} leaves ${room.cpu}m`,
    memory: `${requested.memory} MiB of memory, and ${room.of} leaves ${room.memory} MiB`,
  };
  return (["cpu", "memory"] as const)
    .filter((unit) => requested[unit] > room[unit])
    .map((unit) => `with this, the pods request ${over[unit]}`);
}

function peakRequests(context: PolicyContext, nodes: number): Resources {
  const found = context.resources.flatMap((resource) => {
    const pods = podsOf(resource);
    return pods === undefined ? [] : [{ resource, pods, one: podRequests(pods.spec) }];
  });
  const staying = found
    .filter(({ pods }) => pods.lasting)
    .map(({ resource, pods, one }) => ({
      one,
      count: countOf(pods, autoscalerMinimum(resource, context), nodes),
      surge: pods.kind === "Deployment" ? surgePods(context.settings.rollout) : 0,
    }));
  const passing = found
    .filter(({ pods }) => !pods.lasting)
    .map(({ pods, one }) => times(one, countOf(pods, undefined, nodes)));
  return peak(staying, passing);
}

function countOf({ kind, replicas }: Pods, minimum: unknown, nodes: number): number {
  if (kind === "DaemonSet") return nodes;
  const [count = 1] = [replicas, minimum].filter((number) => typeof number === "number");
  return count;
}
