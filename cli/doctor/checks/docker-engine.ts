import { toolPages } from "../../../lib/versions";
import type { DockerEngine } from "../../environment/detect/docker-engine";
import type { Finding } from "../finding";

/** What decides how bad a missing docker engine is, and how to get one. */
export interface EngineNeed {
  /** Whether the stack needs an engine. */
  needed: boolean;
  /** Whether offline mode can start an engine. */
  offlineEngine: boolean;
}

/** Checks that a docker engine answers. */
export function dockerEngineFinding(
  found: DockerEngine,
  { needed, offlineEngine }: EngineNeed,
): Finding {
  if (found.engine !== undefined) {
    const { version, cpus, memoryMiB } = found.engine;
    return {
      check: "docker engine",
      state: "ok",
      found: `${version}, ${cpus} CPUs, ${memoryMiB} MiB`,
    };
  }
  return {
    check: "docker engine",
    state: needed ? "fix" : "note",
    found: `none: ${found.reason}${needed ? "" : " (this stack needs none)"}`,
    hint:
      found.hint ??
      (offlineEngine
        ? "`npm run offline -- up` starts it."
        : `Install or start one: ${toolPages.docker}`),
  };
}
