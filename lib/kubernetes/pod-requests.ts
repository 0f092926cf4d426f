import { nothing, type Resources, resources, sum, times } from "./quantity";

interface Container {
  restartPolicy?: string;
  resources?: { requests?: Partial<Record<string, string>> };
}

/** Returns what a pod requests from its node: its containers together, or its largest init container. */
export function podRequests(spec: {
  containers?: readonly Container[];
  initContainers?: readonly Container[];
}): Resources {
  const requests = (container: Container) => resources(container.resources?.requests);
  const initial = spec.initContainers ?? [];
  const sidecars = initial.filter(({ restartPolicy }) => restartPolicy === "Always");
  const together = sum([...(spec.containers ?? []), ...sidecars].map(requests));
  return [together, ...initial.map(requests)].reduce(largest, nothing);
}

/** Pods that run until they are deleted. */
export interface StayingPods {
  /** Requests of one pod. */
  one: Resources;
  /** Number of pods. */
  count: number;
  /** Number of additional pods during a rollout. */
  surge: number;
}

/**
 * Returns the requests of all pods at their peak: those that stay, and in addition the larger of the surge
 * pods, when all roll at once, and the largest pod that only passes, such as a migration before the rollout.
 */
export function peak(
  staying: readonly StayingPods[],
  passing: readonly Resources[] = [],
): Resources {
  const always = sum(staying.map(({ one, count }) => times(one, count)));
  const surges = sum(staying.map(({ one, surge }) => times(one, surge)));
  return sum([always, [surges, ...passing].reduce(largest, nothing)]);
}

function largest(a: Resources, b: Resources): Resources {
  return { cpu: Math.max(a.cpu, b.cpu), memory: Math.max(a.memory, b.memory) };
}
