import { assertAllowed } from "../../../lib/kubernetes/kubeconfig";
import { whyNotMinikube } from "./minikube-name";
import { messageOf, UserError } from "../../../lib/errors";
import type { Survey } from "../detect/survey";

/**
 * What may be done about the cluster. make: a missing one is made, a stopped one started; start: a
 * stopped one is started, and none at all is no error; running: neither.
 */
export type ClusterWish = "make" | "start" | "running";

/**
 * Checks that the configured context can be used under a command's wish.
 *
 * @throws UserError with the way out where it can't.
 */
export function checkCluster(
  { settings, cluster, stack }: Pick<Survey, "settings" | "cluster" | "stack">,
  wish: ClusterWish,
): void {
  const { context, entry, profile, state } = cluster;
  const elsewhere = `Start it, or set another: \`npm run pulumi -- config set context <name> --stack ${stack}\`.`;
  if (entry !== undefined) {
    try {
      assertAllowed(entry, settings.allowedContexts);
    } catch (error) {
      throw new UserError(messageOf(error), "Or set `context` to a cluster of this machine.");
    }
  }
  if (state === "running") return;
  if (profile === undefined && entry?.minikube === false) {
    throw new UserError(
      `Context "${context}" is the cluster at ${entry.server}, which doesn't answer.`,
      elsewhere,
    );
  }
  if (state === "missing" && wish !== "start") {
    const reason = whyNotMinikube(context, settings.allowedContexts);
    if (reason !== undefined) {
      throw new UserError(
        `The kubeconfig has no context "${context}", and no Minikube is made for it: ${reason}.`,
        elsewhere,
      );
    }
    if (wish !== "make") {
      throw new UserError(`There is no cluster "${context}" yet.`, "`npm run up` makes it.");
    }
  }
  if (state === "stopped" && wish === "running") {
    throw new UserError(`The cluster "${context}" is stopped.`, "`npm run up` starts it.");
  }
}
