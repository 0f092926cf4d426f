import { availableParallelism, totalmem } from "node:os";
import type { NodeSize } from "../decide/node-size";
import type { EngineFound } from "./docker-engine";

/**
 * What this machine can give to a node: what the docker engine has (on macOS and Windows that is a
 * virtual machine of its own), else what this process may use.
 */
export function machineSize({ engine }: EngineFound): NodeSize {
  if (engine !== undefined) return { cpus: engine.cpus, memoryMiB: engine.memoryMiB };
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return { cpus: availableParallelism(), memoryMiB: Math.floor(bytes / 1024 / 1024) };
}
