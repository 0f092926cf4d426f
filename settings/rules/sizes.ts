import { mebibytes, milliCpu } from "../fields";
import type { ContainerResources } from "../sections/resources";
import type { Problem } from "./problem";

/** No container may ask for more than it may take. */
export function sizes(key: string, { requests, limits }: ContainerResources): Problem[] {
  const measures = { cpu: milliCpu, memory: mebibytes, "ephemeral-storage": mebibytes } as const;
  return (["cpu", "memory", "ephemeral-storage"] as const)
    .filter((name) => measures[name](requests[name]) > measures[name](limits[name]))
    .map((name) => ({
      key: `${key}.resources.limits.${name}`,
      found: limits[name],
      expected: `at least the request, ${requests[name]}`,
    }));
}
