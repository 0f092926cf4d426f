import * as pulumi from "@pulumi/pulumi";
import { UserError } from "../../lib/errors";
import { pinnedNodePorts, type Settings } from "../../settings";
import type { ClusterFacts } from "./cluster-facts";
import { chooseDelivery } from "./delivery";

/** Environment variable: set to 1, the program assumes the cluster that the settings describe. */
export const PLAN_VARIABLE = "TODO_CHATBOT_PLAN";

/**
 * Returns the cluster that the settings describe, without reading anything of this machine: a Minikube as
 * `npm run up` creates it, or a remote cluster where the context is one of `allowedContexts`. For plans on
 * machines without a cluster.
 *
 * @throws UserError outside of a preview.
 */
export function plannedCluster(settings: Settings): ClusterFacts {
  if (!pulumi.runtime.isDryRun()) {
    throw new UserError(
      `${PLAN_VARIABLE} is set, which is only for plans: a deployment has to read the cluster.`,
      `Remove it from the environment (unset ${PLAN_VARIABLE}).`,
    );
  }
  const { context: name, allowedContexts, images, minikube } = settings;
  if (allowedContexts.includes(name)) {
    const context = { name, server: `https://${name}`, minikube: false };
    return { context, delivery: chooseDelivery(images, context, undefined) };
  }
  const context = { name, server: "https://127.0.0.1:8443", minikube: true };
  const profile = {
    name,
    driver: minikube.driver,
    containerRuntime: minikube.containerRuntime,
    nodes: 1,
    nodeAddress: undefined,
    publishedPorts: [...pinnedNodePorts(settings), ...minikube.publishPorts],
  };
  return { context, profile, delivery: chooseDelivery(images, context, profile) };
}
