import { isLocal } from "../../../lib/kubernetes/kubeconfig";
import type { Settings } from "../../../settings";
import { whyNotMinikube } from "../../environment/decide/minikube-name";
import type { ClusterSeen } from "../../environment/detect/cluster";
import type { Finding } from "../finding";

/** The context exists, may be used, and its cluster answers. */
export function contextFinding(settings: Settings, cluster: ClusterSeen, ready: boolean): Finding {
  const check = "context";
  const { context, entry, profile, state } = cluster;
  if (entry !== undefined && !isLocal(entry) && !settings.allowedContexts.includes(context)) {
    return {
      check,
      state: "mend",
      found: `"${context}" is the cluster at ${entry.server}, which isn't on this machine.`,
      fix: "Set `context` to a cluster of this machine, or add this one to allowedContexts.",
    };
  }
  if (state === "running") {
    const found = `"${context}" at ${entry?.server ?? ""}`;
    return ready
      ? { check, state: "ok", found: `${found} answers.` }
      : {
          check,
          state: "mend",
          found: `${found} listens, but its API server doesn't say that it is ready.`,
          fix: `Wait a minute; if it stays so: \`minikube stop -p ${context}\`, then \`npm run up\`.`,
        };
  }
  if (state === "stopped") {
    return {
      check,
      state: "mend",
      found: `"${context}" is stopped.`,
      fix: "`npm run up` starts it.",
    };
  }
  const reason = whyNotMinikube(context, settings.allowedContexts);
  if (profile === undefined && entry?.minikube === false) {
    return {
      check,
      state: "mend",
      found: `"${context}" at ${entry.server} doesn't answer.`,
      fix: "Start that cluster, or set `context` to another.",
    };
  }
  return {
    check,
    state: "mend",
    found: `The kubeconfig has no "${context}"${reason === undefined ? "" : `, and ${reason}`}.`,
    fix:
      reason === undefined
        ? "`npm run up` makes a Minikube of that name."
        : "Start that cluster, or set `context` to another.",
  };
}

/** The cluster's container runtime fits the way images are to get into it. */
export function runtimeFinding(settings: Settings, cluster: ClusterSeen): Finding {
  const check = "images";
  const { delivery } = settings.images;
  const runtime = cluster.profile?.containerRuntime;
  if (runtime === undefined) {
    if (delivery.startsWith("minikube")) {
      return {
        check,
        state: "mend",
        found: `images.delivery is ${delivery}, but "${cluster.context}" is no Minikube.`,
        fix: "Set images.delivery to registry or host-daemon.",
      };
    }
    return { check, state: "ok", found: `delivery ${delivery}` };
  }
  if (delivery === "minikube-daemon" && runtime !== "docker") {
    return {
      check,
      state: "mend",
      found: `images.delivery is minikube-daemon, but the profile's runtime is ${runtime}, which has no docker daemon.`,
      fix: "Set images.delivery to auto or minikube-load.",
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
