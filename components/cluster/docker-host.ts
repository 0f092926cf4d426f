import { execFileSync } from "node:child_process";

/** Where a docker daemon listens. */
export interface DockerEndpoint {
  host: string;
  /** Folder of the certificates, where the daemon asks for them. */
  certPath?: string;
}

/**
 * The daemon that the docker CLI speaks to by its current context (Colima's, a rootless one …). The docker
 * provider itself knows DOCKER_HOST and the usual sockets alone.
 *
 * @returns undefined where DOCKER_HOST is set, the context is the default one, or no docker CLI is there to ask.
 */
export function hostDockerEndpoint(
  env: NodeJS.ProcessEnv = process.env,
): DockerEndpoint | undefined {
  if (env.DOCKER_HOST) return undefined;
  try {
    const args = ["context", "inspect", "--format", "{{.Name}} {{.Endpoints.docker.Host}}"];
    const said = execFileSync("docker", args, {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
    });
    const [name, host] = said.trim().split(" ");
    return name === "default" || !host ? undefined : { host };
  } catch {
    return undefined;
  }
}
