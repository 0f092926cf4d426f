import type { Settings } from "../../../settings";
import type { Tool } from "../../../lib/versions";
import type { ClusterSeen } from "./cluster";

/** What a stack needs of the machine. */
export interface Needs {
  tools: Tool[];
  /** Whether a docker engine of the machine's own is needed. */
  engine: boolean;
  /** Whether the cluster is a Minikube, or will be one. */
  minikube: boolean;
}

/** What a stack needs, from its settings and the cluster that is there. */
export function needsOf(settings: Settings, cluster: ClusterSeen): Needs {
  const minikube =
    cluster.entry?.minikube ?? (cluster.profile !== undefined || cluster.state === "missing");
  const driver = cluster.profile?.driver ?? settings.minikube.driver;
  const runtime = cluster.profile?.containerRuntime ?? settings.minikube.containerRuntime;
  const { delivery } = settings.images;
  // The node's own daemon builds, and the node is no container: only then the machine needs none.
  const buildsInNode =
    minikube && (delivery === "minikube-daemon" || (delivery === "auto" && runtime === "docker"));
  return {
    tools: ["pulumi", "kubectl", "helm", ...(minikube ? (["minikube"] as const) : [])],
    engine: !buildsInNode || driver === "docker",
    minikube,
  };
}
