import { z } from "zod";
import * as f from "./fields";

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
      requests: z
        .strictObject({
          cpu: f.cpu.default(requests.cpu).describe("CPU that is reserved"),
          memory: f.memory.default(requests.memory).describe("Memory that is reserved"),
          "ephemeral-storage": f.memory
            .default(requests["ephemeral-storage"])
            .describe(`Disk that is reserved: ${disk}`),
        })
        .prefault({}),
      limits: z
        .strictObject({
          cpu: f.cpu.default(limits.cpu).describe("CPU above which it is throttled"),
          memory: f.memory.default(limits.memory).describe("Memory above which it is killed"),
          "ephemeral-storage": f.memory
            .default(limits["ephemeral-storage"])
            .describe("Disk above which the pod is evicted"),
        })
        .prefault({}),
    })
    .prefault({});
}
