import * as pulumi from "@pulumi/pulumi";
import { pinnedNodePorts, type Settings } from "../../settings";
import { chooseDelivery, type ClusterFacts } from "./facts";

/** Set to 1, the program takes the cluster for one as the settings ask for, and looks at none. */
export const planVariable = "TODO_CHATBOT_PLAN";

/**
 * The cluster that the settings ask for, without a look at one: a Minikube as `npm run up` makes it, or,
 * where the context is one of `allowedContexts`, a cluster elsewhere. For plans on machines that have none.
 *
 * @throws Error outside of a preview.
 */
export function plannedCluster(settings: Settings): ClusterFacts {
  if (!pulumi.runtime.isDryRun()) {
    throw new Error(
      `${planVariable} is set, which is for plans: nothing can be deployed without a look at the cluster. ` +
        `Take it out of the environment (unset ${planVariable}).`,
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
    containerRuntime: minikube.containerRuntime,
    nodeAddress: undefined,
    publishedPorts: [...pinnedNodePorts(settings), ...minikube.publishPorts],
  };
  return { context, profile, delivery: chooseDelivery(images, context, profile) };
}
