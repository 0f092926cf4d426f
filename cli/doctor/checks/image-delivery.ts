import { whyNoNodeDaemon } from "../../../components/cluster/delivery";
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
  const { profile } = cluster;
  if (profile === undefined) {
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
  const reason = delivery === "minikube-daemon" ? whyNoNodeDaemon(profile) : undefined;
  if (reason !== undefined) {
    return {
      check,
      state: "fix",
      found: `images.delivery is minikube-daemon, but ${reason}.`,
      hint: "Set images.delivery to auto, which chooses minikube-load or host-daemon by the profile.",
    };
  }
  const runtime = profile.containerRuntime;
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
