import { run } from "../../../lib/process/run";
import { which } from "../../../lib/process/which";

/** The docker engine as the docker command finds it. */
export interface Engine {
  version: string;
  cpus: number;
  memoryMiB: number;
}

/** What was found of docker: an engine, or why there is none. */
export type EngineFound = { engine: Engine } | { engine: undefined; reason: string };

/** Asks the docker engine for its size. Whatever DOCKER_HOST or context the user has set counts. */
export async function findEngine(env: NodeJS.ProcessEnv, path: string): Promise<EngineFound> {
  const docker = which("docker", path);
  if (docker === undefined) return { engine: undefined, reason: "there is no docker on PATH" };
  const result = await run(docker, ["info", "--format", "{{json .}}"], {
    env,
    timeoutMs: 30_000,
  });
  return readEngine(result.stdout) ?? { engine: undefined, reason: complaint(result.stderr) };
}

/** The engine out of `docker info --format '{{json .}}'`; undefined where no engine answered. */
export function readEngine(info: string): EngineFound | undefined {
  try {
    const { ServerVersion, NCPU, MemTotal } = JSON.parse(info) as {
      ServerVersion?: string;
      NCPU?: number;
      MemTotal?: number;
    };
    // Without a daemon the command still prints its own half.
    if (!ServerVersion || !NCPU || !MemTotal) return undefined;
    const memoryMiB = Math.floor(MemTotal / 1024 / 1024);
    return { engine: { version: ServerVersion, cpus: NCPU, memoryMiB } };
  } catch {
    return undefined;
  }
}

function complaint(stderr: string): string {
  const line = stderr
    .trim()
    .split("\n")
    .findLast((text) => text.trim() !== "");
  return line?.replace(/^(ERROR|error): /, "") ?? "the docker engine doesn't answer";
}
