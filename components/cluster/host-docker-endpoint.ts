import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { UserError } from "../../lib/errors";
import { activeDockerd } from "../../lib/minikube/docker-variables";

/** Address of a docker daemon. */
export interface DockerEndpoint {
  /** Such as `tcp://127.0.0.1:32769` or `unix:///var/run/docker.sock`. */
  host: string;
  /** Folder of the client certificates, for daemons that require them. */
  certPath?: string;
}

/** What `docker context inspect` prints of a context. */
interface DockerContext {
  Name?: string;
  Endpoints?: { docker?: { Host?: string } };
  /** The names of the certificates' files. */
  TLSMaterial?: { docker?: string[] };
  Storage?: { TLSPath?: string };
}

/**
 * Returns the docker daemon of the docker CLI's current context (Colima's, a rootless one …). The docker
 * provider and Minikube's image commands look at DOCKER_HOST and the usual sockets only.
 *
 * @returns undefined where DOCKER_HOST is set, the context is the default one, or there is no docker CLI.
 * @throws UserError where the shell's variables lead to the daemon in Minikube's node.
 */
export function hostDockerEndpoint(
  env: NodeJS.ProcessEnv = process.env,
): DockerEndpoint | undefined {
  const profile = activeDockerd(env);
  if (profile !== undefined) {
    // The provider takes DOCKER_CERT_PATH from its environment, whatever its arguments say.
    throw new UserError(
      `This machine's docker daemon builds the images, and this shell's variables lead to the one in the node of Minikube "${profile}".`,
      `Undo it: eval "$(minikube -p ${profile} docker-env --unset)". \`npm run up\` and the other commands do without.`,
    );
  }
  if (env.DOCKER_HOST) return undefined;
  const context = currentContext(env);
  const host = context.Endpoints?.docker?.Host;
  if (context.Name === "default" || !host) return undefined;
  const hasCertificates = (context.TLSMaterial?.docker ?? []).length > 0;
  const folder = context.Storage?.TLSPath;
  return hasCertificates && folder ? { host, certPath: join(folder, "docker") } : { host };
}

function currentContext(env: NodeJS.ProcessEnv): DockerContext {
  try {
    // Synchronous, because the program's exports depend on the cluster.
    const output = execFileSync("docker", ["context", "inspect", "--format", "{{json .}}"], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
    });
    return JSON.parse(output) as DockerContext;
  } catch {
    return {};
  }
}
