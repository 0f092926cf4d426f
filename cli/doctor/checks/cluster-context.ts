import { isLocal } from "../../../lib/kubernetes/kubeconfig";
import type { ClusterTarget } from "../../../lib/kubernetes/target";
import type { Settings } from "../../../settings";
import { whyNotMinikube } from "../../environment/decide/minikube-name";
import type { Environment } from "../../environment/environment";
import type { Finding } from "../finding";

/** What the check of the context looks at. */
export interface ContextToCheck {
  settings: Pick<Settings, "allowedContexts">;
  cluster: Pick<Environment["cluster"], "state" | "entry" | "profile">;
  target: Pick<ClusterTarget, "context" | "minikube">;
  /** Whether the API server reports that it is ready. */
  ready: boolean;
  /** Whether it is a Minikube that was paused. @default false */
  paused?: boolean;
}

/** Checks that the context exists, is allowed, and that its cluster answers. */
export function contextFinding({
  settings,
  cluster,
  target,
  ready,
  paused = false,
}: ContextToCheck): Finding {
  const check = "context";
  const { context } = target;
  const { entry, profile, state } = cluster;
  if (entry !== undefined && !isLocal(entry) && !settings.allowedContexts.includes(context)) {
    return {
      check,
      state: "fix",
      found: `"${context}" is the cluster at ${entry.server}, which isn't on this machine.`,
      hint: "Set `context` to a cluster of this machine, or add this one to allowedContexts.",
    };
  }
  if (paused) {
    return {
      check,
      state: "fix",
      found: `"${context}" is paused.`,
      hint: `\`${target.minikube("unpause")}\``,
    };
  }
  if (state === "running") {
    const found = `"${context}" at ${entry?.server ?? ""}`;
    return ready
      ? { check, state: "ok", found: `${found} answers.` }
      : {
          check,
          state: "fix",
          found: `${found} listens, but its API server doesn't report that it is ready.`,
          hint: `Wait a minute; if it stays so: \`${target.minikube("stop")}\`, then \`npm run up\`.`,
        };
  }
  if (state === "stopped") {
    return {
      check,
      state: "fix",
      found: `"${context}" is stopped.`,
      hint: "`npm run up` starts it.",
    };
  }
  const anotherCluster = "Start that cluster, or set `context` to another.";
  if (profile === undefined && entry?.minikube === false) {
    return {
      check,
      state: "fix",
      found: `"${context}" at ${entry.server} doesn't answer.`,
      hint: anotherCluster,
    };
  }
  const reason = whyNotMinikube(context, settings.allowedContexts);
  return {
    check,
    state: "fix",
    found: `The kubeconfig has no "${context}"${reason === undefined ? "" : `, and ${reason}`}.`,
    hint: reason === undefined ? "`npm run up` creates a Minikube of that name." : anotherCluster,
  };
}
