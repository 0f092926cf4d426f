import { minikubeHome, minikubeProfileNames } from "../../../lib/minikube/profile";
import { nonEmpty } from "../../../lib/paths";
import { lastLines, run } from "../../../lib/process/run";
import { which } from "../../../lib/process/which";

/** A docker engine that answers. */
export interface EngineInfo {
  version: string;
  cpus: number;
  memoryMiB: number;
}

/** The docker engine, or the reason why none can be used, with a hint where starting one doesn't help. */
export type DockerEngine =
  { engine: EngineInfo } | { engine: undefined; reason: string; hint?: string };

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
  const profiles = minikubeProfileNames(minikubeHome(env));
  const found = parseDockerInfo(result.stdout, profiles, nonEmpty(env.DOCKER_HOST));
  return found ?? { engine: undefined, reason: reasonIn(result.stderr) };
}

/**
 * Parses `docker info --format '{{json .}}'`. The engine in a Minikube's node is none of this machine: it
 * can't run that node.
 *
 * @param profiles the Minikube profiles.
 * @param dockerHost the value of DOCKER_HOST.
 * @returns undefined where no engine answered.
 */
export function parseDockerInfo(
  info: string,
  profiles: readonly string[] = [],
  dockerHost?: string,
): DockerEngine | undefined {
  try {
    const { ServerVersion, NCPU, MemTotal, Name, Labels } = JSON.parse(info) as {
      ServerVersion?: string;
      NCPU?: number;
      MemTotal?: number;
      Name?: string;
      Labels?: string[] | null;
    };
    // Without an engine the command still prints its own half.
    if (!ServerVersion || !NCPU || !MemTotal) return undefined;
    // Minikube starts the engine of a node with this label; the node has the profile's name, and a number.
    const inNode = Labels?.some((label) => label.startsWith("provider="));
    const profile = profiles.find((name) => Name === name || Name?.startsWith(`${name}-m0`));
    if (inNode && profile !== undefined) return engineInNode(profile, dockerHost);
    const memoryMiB = Math.floor(MemTotal / 1024 / 1024);
    return { engine: { version: ServerVersion, cpus: NCPU, memoryMiB } };
  } catch {
    return undefined;
  }
}

function engineInNode(profile: string, dockerHost: string | undefined): DockerEngine {
  const source =
    dockerHost === undefined ? "docker's current context" : `DOCKER_HOST (${dockerHost})`;
  return {
    engine: undefined,
    reason: `${source} is the engine in the node of Minikube "${profile}", and not this machine's`,
    hint:
      dockerHost === undefined
        ? "Choose this machine's: `docker context use default`."
        : "Remove it from this shell: `unset DOCKER_HOST DOCKER_TLS_VERIFY DOCKER_CERT_PATH`.",
  };
}

function reasonIn(stderr: string): string {
  const line = lastLines({ stdout: "", stderr }, 1);
  return line === "" ? "the docker engine doesn't answer" : line.replace(/^(ERROR|error): /, "");
}
