import { clusterNameOf, findContext } from "../kubernetes/kubeconfig";
import { nonEmpty } from "../paths";
import type { MinikubeProfile } from "./profile";

/**
 * Whether a context leads to the Minikube profile of its name. Minikube names both the context and the
 * cluster's entry after the profile; a user may have pointed the context to another cluster, even to another
 * profile of the same folder.
 */
export function leadsToProfile(
  context: string,
  paths: readonly string[],
  profile: Pick<MinikubeProfile, "apiServerHosts" | "driver"> | undefined,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  const entry = findContext(context, paths);
  if (profile === undefined || entry?.minikube !== true) return false;
  if (clusterNameOf(context, paths) !== context) return false;
  // Where the node's address can't be reached, Minikube publishes the API server at the container engine's.
  const host = new URL(entry.server).hostname.replace(/^\[|\]$/g, "");
  const published = ["127.0.0.1", "localhost", engineHost(profile.driver, env)];
  return [...published, ...profile.apiServerHosts].includes(host);
}

/** Returns the machine of the container engine that publishes a node's ports; undefined: this one, or no engine. */
function engineHost(driver: string, env: NodeJS.ProcessEnv): string | undefined {
  const variables: Partial<Record<string, string>> = {
    docker: env.DOCKER_HOST,
    podman: env.CONTAINER_HOST,
  };
  const url = variables[driver] ?? "";
  return URL.canParse(url) ? nonEmpty(new URL(url).hostname) : undefined;
}
