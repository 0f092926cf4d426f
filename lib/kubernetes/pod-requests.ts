import { nothing, resources, sum, times, type Resources } from "./quantity";

interface Container {
  restartPolicy?: string;
  resources?: { requests?: Partial<Record<string, string>> };
}

/** What a pod asks its node for: its containers together, or its largest init container. */
export function podRequests(spec: {
  containers?: readonly Container[];
  initContainers?: readonly Container[];
}): Resources {
  const ask = (container: Container) => resources(container.resources?.requests);
  const initial = spec.initContainers ?? [];
  const sidecars = initial.filter(({ restartPolicy }) => restartPolicy === "Always");
  const together = sum([...(spec.containers ?? []), ...sidecars].map(ask));
  return [together, ...initial.map(ask)].reduce(largest, nothing);
}

/** Pods that stay: what one asks for, how many there are, and how many more while they roll. */
export interface StayingPods {
  one: Resources;
  count: number;
  surge: number;
}

/**
 * What pods ask for at their peak: all that stay, and beside them whatever is more: the surge pods of all
 * that roll at once, or the largest of those that pass, such as a migration before the rollout.
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
