import type { ClusterTarget } from "../../../lib/kubernetes/target";
import type { Settings } from "../../../settings";
import type { Environment } from "../../environment/environment";
import type { Finding } from "../finding";

/** What the check of the delivery looks at. */
export interface DeliveryToCheck {
  settings: Pick<Settings, "images" | "minikube">;
  cluster: Pick<Environment["cluster"], "profile">;
  target: Pick<ClusterTarget, "context">;
}

/** Checks that images can get into the cluster in the way that the settings name: its runtime decides. */
export function imageDeliveryFinding({ settings, cluster, target }: DeliveryToCheck): Finding {
  const check = "images";
  const { delivery } = settings.images;
  const runtime = cluster.profile?.containerRuntime;
  if (runtime === undefined) {
    if (delivery.startsWith("minikube")) {
      return {
        check,
        state: "fix",
        found: `images.delivery is ${delivery}, but "${target.context}" is no Minikube.`,
        hint: "Set images.delivery to registry or host-daemon.",
      };
    }
    return { check, state: "ok", found: `delivery ${delivery}` };
  }
  if (delivery === "minikube-daemon" && runtime !== "docker") {
    return {
      check,
      state: "fix",
      found: `images.delivery is minikube-daemon, but the profile's runtime is ${runtime}, which has no docker daemon.`,
      hint: "Set images.delivery to auto or minikube-load.",
    };
  }
  const wanted = settings.minikube.containerRuntime;
  if (runtime !== wanted) {
    return {
      check,
      state: "note",
      found: `The profile's runtime is ${runtime}; minikube.containerRuntime is ${wanted}, which counts for a new profile only. Delivery ${delivery} works with it.`,
    };
  }
  return { check, state: "ok", found: `delivery ${delivery}, runtime ${runtime}` };
}
