import { peak, podRequests } from "../lib/kubernetes/pod-requests";
import { type Resources, sum, times } from "../lib/kubernetes/quantity";
import { surgePods } from "../settings";
import type { PolicyContext, PolicyResource } from "./policy";
import { autoscalerMinimum, type Pods, podsOf } from "./workload-pods";

/**
 * Checks that all pods so far fit into the empty cluster: all replicas, and one more pod of each Deployment
 * while it rolls. Where the cluster's size isn't known, it checks nothing.
 */
export function capacity(resource: PolicyResource, context: PolicyContext): string[] {
  const { room } = context;
  if (room === undefined || podsOf(resource) === undefined) return [];
  const requested = peakRequests(context, room.nodes);
  return units
    .filter((unit) => requested[unit] > room[unit])
    .map((unit) => {
      const [needed, all] = [inWords(requested, unit), inUnits(room[unit], unit)];
      return `with this, the pods request ${needed}, and ${room.of} leaves ${all}`;
    });
}

/**
 * Returns what doesn't fit next to the pods of other namespaces, although it would fit alone. That is no
 * violation: those pods can end at any time, and the stack may run already.
 */
export function crowded(context: PolicyContext): string[] {
  const { room } = context;
  if (room === undefined) return [];
  const requested = peakRequests(context, room.nodes);
  const left = sum([room, times(room.others, -1)]);
  return units
    .filter((unit) => requested[unit] <= room[unit] && requested[unit] > Math.max(0, left[unit]))
    .map((unit) => {
      const [needed, all] = [inWords(requested, unit), inUnits(room[unit], unit)];
      const free = inUnits(Math.max(0, left[unit]), unit);
      return `the pods so far request ${needed}, and those of other namespaces leave ${free} of ${all} in ${room.of}`;
    });
}

const units = ["cpu", "memory"] as const;

function inWords(of: Resources, unit: (typeof units)[number]): string {
  return `${inUnits(of[unit], unit)} ${unit === "cpu" ? "CPU" : "of memory"}`;
}

function inUnits(value: number, unit: (typeof units)[number]): string {
  return unit === "cpu" ? `${value}m` : `${value} MiB`;
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
