import { UserError } from "../../lib/errors";
import type { KubeContext } from "../../lib/kubernetes/kubeconfig";
import type { Settings } from "../../settings";

/**
 * How images get into the cluster:
 *
 * - `minikube-daemon`: the docker daemon in Minikube's node builds them;
 * - `minikube-load`: this machine builds them and loads them into Minikube's node;
 * - `host-daemon`: this machine's docker daemon builds them, and the nodes use it too;
 * - `registry`: this machine builds them and pushes them to a registry.
 */
export type Delivery = "minikube-daemon" | "minikube-load" | "host-daemon" | "registry";

/** The part of a Minikube profile that the delivery depends on. */
interface RuntimeOfProfile {
  readonly containerRuntime: string;
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
  profile: RuntimeOfProfile | undefined,
): Delivery {
  if (images.delivery !== "auto") {
    assertAllowed(images.delivery, context, profile);
    return images.delivery;
  }
  if (images.registry !== undefined) return "registry";
  if (profile !== undefined) {
    return profile.containerRuntime === "docker" ? "minikube-daemon" : "minikube-load";
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
  profile: RuntimeOfProfile | undefined,
): void {
  if (delivery.startsWith("minikube") && profile === undefined) {
    throw new UserError(
      `images.delivery is ${delivery}, but context "${context.name}" is no Minikube.`,
      "Set images.delivery to registry or host-daemon.",
    );
  }
  if (delivery === "minikube-daemon" && profile?.containerRuntime !== "docker") {
    throw new UserError(
      `images.delivery is minikube-daemon, but the profile's runtime is ${profile?.containerRuntime ?? "unknown"}, ` +
        "which has no docker daemon.",
      "Set images.delivery to minikube-load.",
    );
  }
}
