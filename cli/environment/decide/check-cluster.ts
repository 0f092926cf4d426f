import { messageOf, UserError } from "../../../lib/errors";
import { assertAllowed } from "../../../lib/kubernetes/kubeconfig";
import type { Detected } from "../environment";
import { whyNotMinikube } from "./minikube-name";

/**
 * What a command requires of the cluster. created: a missing one is created and a stopped one started;
 * existing: a stopped one is started, and a missing one is no error; running: neither is done.
 */
export type ClusterRequirement = "created" | "existing" | "running";

/**
 * Checks that the target's cluster can be used for a command.
 *
 * @throws UserError where it can't.
 */
export function checkCluster(
  { settings, cluster, stack }: Pick<Detected, "settings" | "cluster" | "stack">,
  requirement: ClusterRequirement,
): void {
  const { context, entry, profile, state } = cluster;
  const otherContext = `Start it, or set another: \`npm run pulumi -- config set context <name> --stack ${stack}\`.`;
  if (entry !== undefined) refuseForbidden(entry, settings.allowedContexts);
  if (state === "running") return;
  if (profile === undefined && entry?.minikube === false) {
    throw new UserError(
      `Context "${context}" is the cluster at ${entry.server}, which doesn't answer.`,
      otherContext,
    );
  }
  if (state === "missing" && requirement !== "existing") {
    const reason = whyNotMinikube(context, settings.allowedContexts);
    if (reason !== undefined) {
      throw new UserError(
        `The kubeconfig has no context "${context}", and no Minikube is created for it: ${reason}.`,
        otherContext,
      );
    }
    if (requirement === "running") {
      throw new UserError(`There is no cluster "${context}" yet.`, "`npm run up` creates it.");
    }
  }
  if (state === "stopped" && requirement === "running") {
    throw new UserError(`The cluster "${context}" is stopped.`, "`npm run up` starts it.");
  }
}

function refuseForbidden(
  entry: Parameters<typeof assertAllowed>[0],
  allowedContexts: readonly string[],
): void {
  try {
    assertAllowed(entry, allowedContexts);
  } catch (error) {
    const hint = error instanceof UserError ? `${error.hint} ` : "";
    throw new UserError(
      messageOf(error),
      `${hint}Or set \`context\` to a cluster of this machine.`,
      { cause: error },
    );
  }
}
