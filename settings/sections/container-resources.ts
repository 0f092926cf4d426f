import { z } from "zod";
import type { ContainerResources, ResourceQuantities } from "../chart-defaults";
import * as f from "../fields";

/**
 * The schema of a container's requests and limits.
 *
 * @param defaults quantities for keys that aren't set.
 * @param disk what the container writes to disk: part of a description.
 */
export function containerResources({ requests, limits }: ContainerResources, disk: string) {
  return z
    .strictObject({
      requests: quantities(requests, {
        cpu: "CPU that is reserved",
        memory: "Memory that is reserved",
        "ephemeral-storage": `Disk that is reserved: ${disk}`,
      }),
      limits: quantities(limits, {
        cpu: "CPU above which it is throttled",
        memory: "Memory above which it is killed",
        "ephemeral-storage": "Disk above which the pod is evicted",
      }),
    })
    .prefault({});
}

function quantities(
  defaults: ResourceQuantities,
  descriptions: Readonly<Record<keyof ResourceQuantities, string>>,
) {
  const quantity = (key: keyof ResourceQuantities, kind: typeof f.cpu) =>
    kind.default(defaults[key]).describe(descriptions[key]);
  return z
    .strictObject({
      cpu: quantity("cpu", f.cpu),
      memory: quantity("memory", f.memory),
      "ephemeral-storage": quantity("ephemeral-storage", f.memory),
    })
    .prefault({});
}
