import { chooseDelivery, type Delivery } from "../../../components/cluster/delivery";
import { UserError } from "../../../lib/errors";
import type { Tool } from "../../../lib/versions";
import type { Settings } from "../../../settings";
import type { DetectedCluster } from "./cluster";

/** What a stack needs of the machine. */
export interface Needs {
  tools: Tool[];
  /** Whether the machine needs a docker engine of its own. */
  engine: boolean;
  /** Whether the cluster is a Minikube, or will be one. */
  minikube: boolean;
}

/** Derives what a stack needs from its settings and from the cluster that exists. */
export function needsOf(settings: Settings, cluster: DetectedCluster): Needs {
  const minikube =
    cluster.entry?.minikube ?? (cluster.profile !== undefined || cluster.state === "missing");
  const node = cluster.profile ?? { ...settings.minikube, nodes: 1 };
  const delivery = deliveryTo(cluster, settings.images, minikube ? node : undefined);
  return {
    tools: ["pulumi", "kubectl", "helm", ...(minikube ? (["minikube"] as const) : [])],
    // None is needed only where the node builds the images and is no container itself.
    engine: delivery !== "minikube-daemon" || node.driver === "docker",
    minikube,
  };
}

/** Returns how images will get into the cluster; undefined where that is wrong, which the program reports. */
function deliveryTo(
  { context, entry }: DetectedCluster,
  images: Settings["images"],
  node: Parameters<typeof chooseDelivery>[2],
): Delivery | undefined {
  const missing = { name: context, server: "", minikube: node !== undefined };
  try {
    return chooseDelivery(images, entry ?? missing, node);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
