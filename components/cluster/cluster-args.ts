import type { Settings } from "../../settings";
import type { ClusterArgs } from "./cluster";
import type { ClusterFacts } from "./cluster-facts";

/** Returns the arguments of the cluster's providers. */
export function clusterArgs(
  { kubeconfig }: Pick<Settings, "kubeconfig">,
  { context, delivery, builder }: ClusterFacts,
): ClusterArgs {
  return {
    context: context.name,
    ...(kubeconfig !== "" && { kubeconfig }),
    delivery,
    dockerHost: builder?.host,
    dockerCertPath: builder?.certPath,
  };
}
