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
  const driver = cluster.profile?.driver ?? settings.minikube.driver;
  const runtime = cluster.profile?.containerRuntime ?? settings.minikube.containerRuntime;
  const { delivery } = settings.images;
  const buildsInNode =
    minikube && (delivery === "minikube-daemon" || (delivery === "auto" && runtime === "docker"));
  return {
    tools: ["pulumi", "kubectl", "helm", ...(minikube ? (["minikube"] as const) : [])],
    // None is needed only where the node builds the images and is no container itself.
    engine: !buildsInNode || driver === "docker",
    minikube,
  };
}
