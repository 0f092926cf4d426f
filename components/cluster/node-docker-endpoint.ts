import { execFileSync } from "node:child_process";
import { UserError } from "../../lib/errors";
import type { ClusterTarget } from "../../lib/kubernetes/target";
import type { DockerEndpoint } from "./host-docker-endpoint";

/** What Minikube's commands need of the cluster: its profile's name is that of the context. */
type Target = Pick<ClusterTarget, "context" | "environment" | "minikube">;

/**
 * Returns the docker daemon inside the node of a Minikube profile. Its port changes whenever Minikube
 * starts, so every run asks for it.
 *
 * @throws UserError where the profile isn't running or has another container runtime.
 */
export function nodeDockerEndpoint(target: Target): DockerEndpoint {
  const command = "docker-env --shell none";
  const output = minikube(target, command);
  const variables = new Map(
    output.split("\n").map((line) => {
      const [key = "", ...value] = line.trim().split("=");
      return [key, value.join("=")] as const;
    }),
  );
  const host = variables.get("DOCKER_HOST");
  const certPath = variables.get("DOCKER_CERT_PATH");
  if (!host || !certPath) {
    throw new UserError(
      `\`${target.minikube(command)}\` printed no DOCKER_HOST and DOCKER_CERT_PATH, but:\n${output}`,
      "`npm run doctor` checks the profile; its container runtime has to be docker.",
    );
  }
  return { host, certPath };
}

function minikube(target: Target, command: string): string {
  try {
    // Synchronous, because the program's exports depend on the cluster.
    return execFileSync("minikube", ["-p", target.context, ...command.split(" ")], {
      env: { ...process.env, ...target.environment },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
    });
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === "ENOENT") {
      throw new UserError(
        "The context is a Minikube's, but `minikube` isn't on PATH.",
        "`npm run up` installs it; `npm run doctor` prints the PATH that it uses.",
        { cause: error },
      );
    }
    throw new UserError(
      `\`${target.minikube(command)}\` failed: ${(stderr ?? String(error)).trim().split("\n").slice(-8).join("\n")}`,
      `Is the cluster running? \`npm run up\` starts it; \`${target.minikube("status")}\` prints its state.`,
      { cause: error },
    );
  }
}
