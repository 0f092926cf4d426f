import { UserError } from "../../lib/errors";
import type { KubeContext } from "../../lib/kubernetes/kubeconfig";
import type { Settings } from "../../settings";

/**
 * How images get into the cluster:
 *
 * - `minikube-daemon`: the docker daemon in Minikube's node builds them;
 * - `minikube-load`: this machine builds them and loads them into all of Minikube's nodes;
 * - `host-daemon`: this machine's docker daemon builds them, and the nodes use it too;
 * - `registry`: this machine builds them and pushes them to a registry.
 */
export type Delivery = "minikube-daemon" | "minikube-load" | "host-daemon" | "registry";

/** The part of a Minikube profile that the delivery depends on. */
interface NodesOfProfile {
  readonly driver: string;
  readonly containerRuntime: string;
  readonly nodes: number;
}

/** Local clusters whose nodes use the images of this machine's docker daemon. */
const sharesHostDaemon = ["docker-desktop", "rancher-desktop", "orbstack", "colima"];

/**
 * Returns the delivery that is set, or else the shortest one that the cluster allows.
 *
 * @throws UserError where the cluster doesn't allow the one that is set, or none is known for it.
 */
export function chooseDelivery(
  images: Settings["images"],
  context: KubeContext,
  profile: NodesOfProfile | undefined,
): Delivery {
  if (images.delivery !== "auto") {
    assertAllowed(images.delivery, context, profile);
    return images.delivery;
  }
  if (images.registry !== undefined) return "registry";
  if (profile !== undefined) {
    if (whyNoNodeDaemon(profile) === undefined) return "minikube-daemon";
    return nodeUsesHostDaemon(profile) ? "host-daemon" : "minikube-load";
  }
  if (sharesHostDaemon.includes(context.name)) return "host-daemon";
  throw new UserError(
    `How do images get to context "${context.name}"? It is no Minikube, so the settings have to name a way.`,
    "Set images.registry.server to a registry that its nodes pull from, or images.delivery to host-daemon " +
      "if they use this machine's own docker daemon.",
  );
}

function assertAllowed(
  delivery: Delivery,
  context: KubeContext,
  profile: NodesOfProfile | undefined,
): void {
  if (delivery.startsWith("minikube") && profile === undefined) {
    throw new UserError(
      `images.delivery is ${delivery}, but context "${context.name}" is no Minikube.`,
      "Set images.delivery to registry or host-daemon.",
    );
  }
  if (delivery !== "minikube-daemon" || profile === undefined) return;
  const reason = whyNoNodeDaemon(profile);
  if (reason !== undefined) {
    throw new UserError(
      `images.delivery is minikube-daemon, but ${reason}.`,
      nodeUsesHostDaemon(profile)
        ? "Set images.delivery to host-daemon."
        : "Set images.delivery to minikube-load, or images.registry.server to a registry that the nodes pull from.",
    );
  }
}

/**
 * Returns why `minikube docker-env` offers no docker daemon that builds for all of a profile's nodes, as a part
 * of a sentence; undefined where it does.
 */
export function whyNoNodeDaemon({
  driver,
  containerRuntime,
  nodes,
}: NodesOfProfile): string | undefined {
  if (containerRuntime !== "docker") {
    return `the profile's runtime is ${containerRuntime || "unknown"}, which has no docker daemon`;
  }
  if (driver === "none") return "the profile's driver is none: its node uses this machine's daemon";
  if (nodes > 1)
    return `the profile has ${nodes} nodes, of which each has a docker daemon of its own`;
  return undefined;
}

/** Whether the node of a profile is this machine, whose docker daemon runs the pods. */
function nodeUsesHostDaemon({ driver, containerRuntime }: NodesOfProfile): boolean {
  return driver === "none" && containerRuntime === "docker";
}
