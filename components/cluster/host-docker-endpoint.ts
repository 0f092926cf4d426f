import { execFileSync } from "node:child_process";

/** Address of a docker daemon. */
export interface DockerEndpoint {
  /** Such as `tcp://127.0.0.1:32769` or `unix:///var/run/docker.sock`. */
  host: string;
  /** Folder of the client certificates, for daemons that require them. */
  certPath?: string;
}

/**
 * Returns the docker daemon of the docker CLI's current context (Colima's, a rootless one …). The docker
 * provider itself looks at DOCKER_HOST and the usual sockets only.
 *
 * @returns undefined where DOCKER_HOST is set, the context is the default one, or there is no docker CLI.
 */
export function hostDockerEndpoint(
  env: NodeJS.ProcessEnv = process.env,
): DockerEndpoint | undefined {
  if (env.DOCKER_HOST) return undefined;
  try {
    // Synchronous, because the program's exports depend on the cluster.
    const args = ["context", "inspect", "--format", "{{.Name}} {{.Endpoints.docker.Host}}"];
    const output = execFileSync("docker", args, {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
    });
    const [name, host] = output.trim().split(" ");
    return name === "default" || !host ? undefined : { host };
  } catch {
    return undefined;
  }
}
