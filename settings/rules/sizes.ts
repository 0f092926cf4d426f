import { millicores, quantity } from "../../lib/kubernetes/quantity";
import type { ContainerResources } from "../chart-defaults";
import type { Problem } from "./problem";

/** Checks that no container requests more than its limits. */
export function sizes(key: string, { requests, limits }: ContainerResources): Problem[] {
  const measures = { cpu: millicores, memory: quantity, "ephemeral-storage": quantity } as const;
  return (["cpu", "memory", "ephemeral-storage"] as const)
    .filter((name) => measures[name](requests[name]) > measures[name](limits[name]))
    .map((name) => ({
      key: `${key}.resources.limits.${name}`,
      found: limits[name],
      expected: `at least the request, ${requests[name]}`,
    }));
}
