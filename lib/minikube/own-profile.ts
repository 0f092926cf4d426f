import { clusterNameOf, findContext } from "../kubernetes/kubeconfig";
import type { MinikubeProfile } from "./profile";

/**
 * Whether a context leads to the Minikube profile of its name. Minikube names both the context and the
 * cluster's entry after the profile; a user may have pointed the context to another cluster, even to another
 * profile of the same folder.
 */
export function leadsToProfile(
  context: string,
  paths: readonly string[],
  profile: Pick<MinikubeProfile, "nodeAddress"> | undefined,
): boolean {
  const entry = findContext(context, paths);
  if (profile === undefined || entry?.minikube !== true) return false;
  if (clusterNameOf(context, paths) !== context) return false;
  // Where the node's address can't be reached, Minikube publishes the API server on loopback.
  const { hostname } = new URL(entry.server);
  const published = hostname === "127.0.0.1" || hostname === "localhost";
  return published || hostname === profile.nodeAddress;
}
