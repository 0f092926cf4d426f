import { namespacesOf, type Deployment } from "./deployment";
import type { Kubectl } from "../../lib/kubernetes/kubectl";

/**
 * Why the state doesn't fit the cluster: it holds a namespace that this cluster doesn't have, or has
 * anew. That is so after `minikube delete`, and where someone deleted the namespace by hand. Undefined
 * where the two fit, or nothing is deployed.
 */
export async function whyRefresh(
  deployment: Deployment,
  kubectl: Pick<Kubectl, "run">,
): Promise<string | undefined> {
  for (const { name, uid } of namespacesOf(deployment)) {
    const result = await kubectl.run([
      "get",
      "namespace",
      name,
      "--ignore-not-found",
      "-o",
      "jsonpath={.metadata.uid}",
    ]);
    if (result.code !== 0) continue;
    const found = result.stdout.trim();
    if (found === "") return `the namespace "${name}" that was deployed isn't in this cluster`;
    if (uid !== undefined && uid !== found) {
      return `the namespace "${name}" in this cluster isn't the one that was deployed`;
    }
  }
  return undefined;
}
