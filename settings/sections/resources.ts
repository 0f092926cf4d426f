import { z } from "zod";
import * as f from "../fields";

/** What a container is to have, in Kubernetes' quantities. */
export interface Quantities {
  cpu: string;
  memory: string;
  "ephemeral-storage": string;
}

/** What a container asks for, and what it may take. */
export interface ContainerResources {
  requests: Quantities;
  limits: Quantities;
}

/**
 * Settings of a container's resources.
 *
 * @param disk what the disk is needed for.
 */
export function resources({ requests, limits }: ContainerResources, disk: string) {
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

function quantities(defaults: Quantities, meaning: Readonly<Record<keyof Quantities, string>>) {
  const quantity = (key: keyof Quantities, kind: typeof f.cpu) =>
    kind.default(defaults[key]).describe(meaning[key]);
  return z
    .strictObject({
      cpu: quantity("cpu", f.cpu),
      memory: quantity("memory", f.memory),
      "ephemeral-storage": quantity("ephemeral-storage", f.memory),
    })
    .prefault({});
}
