import { lastLines, run } from "../../../lib/process/run";
import { which } from "../../../lib/process/which";

/** A docker engine that answers. */
export interface EngineInfo {
  version: string;
  cpus: number;
  memoryMiB: number;
}

/** The docker engine, or the reason why none answers. */
export type DockerEngine = { engine: EngineInfo } | { engine: undefined; reason: string };

/** Asks the docker engine for its size. DOCKER_HOST and docker's contexts are respected. */
export async function findDockerEngine(
  env: NodeJS.ProcessEnv,
  path: string,
): Promise<DockerEngine> {
  const docker = which("docker", path);
  if (docker === undefined) return { engine: undefined, reason: "there is no docker on PATH" };
  const result = await run(docker, ["info", "--format", "{{json .}}"], {
    env,
    timeoutMs: 30_000,
  });
  return parseDockerInfo(result.stdout) ?? { engine: undefined, reason: reasonIn(result.stderr) };
}

/** Parses `docker info --format '{{json .}}'`. Returns undefined where no engine answered. */
export function parseDockerInfo(info: string): DockerEngine | undefined {
  try {
    const { ServerVersion, NCPU, MemTotal } = JSON.parse(info) as {
      ServerVersion?: string;
      NCPU?: number;
      MemTotal?: number;
    };
    // Without an engine the command still prints its own half.
    if (!ServerVersion || !NCPU || !MemTotal) return undefined;
    const memoryMiB = Math.floor(MemTotal / 1024 / 1024);
    return { engine: { version: ServerVersion, cpus: NCPU, memoryMiB } };
  } catch {
    return undefined;
  }
}

function reasonIn(stderr: string): string {
  const line = lastLines({ stdout: "", stderr }, 1);
  return line === "" ? "the docker engine doesn't answer" : line.replace(/^(ERROR|error): /, "");
}
