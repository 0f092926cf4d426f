import type { Settings } from "../../settings";
import type { ClusterArgs } from "./cluster";
import type { ClusterFacts } from "./cluster-facts";

/** Returns the arguments of the cluster's providers. */
export function clusterArgs(
  { kubeconfig }: Pick<Settings, "kubeconfig">,
  { context, uid, authority, ownProfile = false, delivery, builder }: ClusterFacts,
): ClusterArgs {
  const { name, server } = context;
  return {
    identity: { context: name, server, minikube: ownProfile, uid, authority },
    ...(kubeconfig !== "" && { kubeconfig }),
    delivery,
    dockerHost: builder?.host,
    dockerCertPath: builder?.certPath,
  };
}
