import { availableParallelism, totalmem } from "node:os";
import type { DockerEngine } from "./docker-engine";

/** CPUs and memory of a machine or of a Minikube node. */
export interface Size {
  cpus: number;
  memoryMiB: number;
}

/**
 * Returns what this machine can give to a node: the docker engine's size (a virtual machine on macOS and
 * Windows), else what this process may use.
 */
export function machineSize({ engine }: DockerEngine): Size {
  if (engine !== undefined) return { cpus: engine.cpus, memoryMiB: engine.memoryMiB };
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return { cpus: availableParallelism(), memoryMiB: Math.floor(bytes / 1024 / 1024) };
}
