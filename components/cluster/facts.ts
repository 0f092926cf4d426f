import type { Settings } from "../../settings";
import { hostDockerEndpoint, type DockerEndpoint } from "./docker-host";
import {
  assertAllowed,
  kubeconfigPaths,
  readContext,
  type KubeContext,
} from "../../lib/kubernetes/kubeconfig";
import { nodeDockerEndpoint, readProfile, type MinikubeProfile } from "./minikube";

/** How images get into the cluster. */
export type Delivery = "minikube-daemon" | "minikube-load" | "host-daemon" | "registry";

/** What the program needs to know of the cluster before it makes anything. */
export interface ClusterFacts {
  context: KubeContext;
  profile?: MinikubeProfile;
  delivery: Delivery;
  /** The docker daemon that builds; undefined: the machine's own, at its usual address. */
  builder?: DockerEndpoint;
}

/**
 * Looks at the kubeconfig and at Minikube.
 *
 * @throws Error in one sentence with its way out: no such context, not allowed, Minikube not running,
 *   or no way to get images in.
 */
export function discoverCluster(
  settings: Pick<Settings, "context" | "kubeconfig" | "allowedContexts" | "images">,
): ClusterFacts {
  const context = readContext(settings.context, kubeconfigPaths(settings.kubeconfig));
  assertAllowed(context, settings.allowedContexts);
  const profile = context.minikube ? readProfile(context.name) : undefined;
  const delivery = chooseDelivery(settings.images, context, profile);
  const builder =
    delivery === "minikube-daemon" ? nodeDockerEndpoint(context.name) : hostDockerEndpoint();
  return { context, profile, delivery, builder };
}

/** Local clusters whose nodes use the images of this machine's own docker daemon. */
const sharesHostDaemon = ["docker-desktop", "rancher-desktop", "orbstack", "colima"];

/** The delivery that is set, or the shortest that the cluster allows. */
export function chooseDelivery(
  images: Settings["images"],
  context: KubeContext,
  profile: MinikubeProfile | undefined,
): Delivery {
  if (images.delivery !== "auto") {
    if (images.delivery.startsWith("minikube") && profile === undefined) {
      throw new Error(
        `images.delivery is ${images.delivery}, but context "${context.name}" is no Minikube: ` +
          "set images.delivery to registry or host-daemon.",
      );
    }
    if (images.delivery === "minikube-daemon" && profile?.containerRuntime !== "docker") {
      throw new Error(
        `images.delivery is minikube-daemon, but the profile's runtime is ${profile?.containerRuntime ?? "unknown"}, ` +
          "which has no docker daemon: set images.delivery to minikube-load.",
      );
    }
    return images.delivery;
  }
  if (images.registry !== undefined) return "registry";
  if (profile !== undefined) {
    return profile.containerRuntime === "docker" ? "minikube-daemon" : "minikube-load";
  }
  if (sharesHostDaemon.includes(context.name)) return "host-daemon";
  throw new Error(
    `How do images get to context "${context.name}"? It is no Minikube, so say it: set ` +
      "images.registry.server to a registry that its nodes pull from, or images.delivery to host-daemon " +
      "where they use this machine's own docker daemon.",
  );
}

/** The address at which a NodePort answers from this machine. */
export function nodePortUrl(facts: ClusterFacts, port: number): string {
  const published = facts.profile?.publishedPorts.includes(port) ?? false;
  const node = facts.profile?.nodeAddress ?? new URL(facts.context.server).hostname;
  const host = published ? "127.0.0.1" : node;
  return `http://${host}:${port}`;
}

/** A command that opens the way to a Service on machines where its NodePort can't be reached. */
export function accessCommand(facts: ClusterFacts, namespace: string, service: string): string {
  return facts.profile === undefined
    ? `kubectl --context ${facts.context.name} -n ${namespace} port-forward service/${service} 8080:http`
    : `minikube -p ${facts.profile.name} service ${service} -n ${namespace} --url`;
}
