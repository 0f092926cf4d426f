import { nonEmpty } from "../paths";

/** The variables by which docker commands find their engine, and which `minikube docker-env` changes. */
const dockerVariables = ["DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"] as const;

/** `minikube docker-env` keeps the shell's former values under these names. */
const SAVED_PREFIX = "MINIKUBE_EXISTING_";

/**
 * Returns the Minikube profile whose node docker commands use, in a shell that evaluated
 * `minikube docker-env`; undefined in any other shell.
 */
export function activeDockerd(env: NodeJS.ProcessEnv): string | undefined {
  return nonEmpty(env.MINIKUBE_ACTIVE_DOCKERD);
}

/**
 * Returns the changes after which docker commands use this machine's engine again, as Minikube itself makes
 * them when it starts; none where the shell's engine is this machine's. undefined removes a variable.
 */
export function leaveActiveDockerd(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  if (activeDockerd(env) === undefined) return {};
  const changes: Record<string, string | undefined> = { MINIKUBE_ACTIVE_DOCKERD: undefined };
  for (const name of dockerVariables) {
    const saved = nonEmpty(env[SAVED_PREFIX + name]);
    if (env[name] !== saved) changes[name] = saved;
    if (saved !== undefined) changes[SAVED_PREFIX + name] = undefined;
  }
  return changes;
}
