import { isIPv6 } from "node:net";
import { reachableHost } from "../../lib/kubernetes/kubeconfig";
import { quote } from "../../lib/process/run";
import type { ClusterFacts } from "./cluster-facts";

/** Returns the URL at which a NodePort answers from this machine. */
export function nodePortUrl(
  { context, profile }: Pick<ClusterFacts, "context" | "profile">,
  port: number,
): string {
  const published = profile?.publishedPorts.includes(port) ?? false;
  const node = profile?.nodeAddress ?? reachableHost(context.server);
  const host = isIPv6(node) ? `[${node}]` : node;
  return `http://${published ? "127.0.0.1" : host}:${port}`;
}

/** Returns whether the cluster has IPv6 addresses, as far as those of its node and its API server show it. */
export function hasIpv6({ context, profile }: Pick<ClusterFacts, "context" | "profile">): boolean {
  return isIPv6(profile?.nodeAddress ?? "") || new URL(context.server).hostname.startsWith("[");
}

/** Returns a command that makes a Service reachable on machines that can't reach its NodePort. */
export function accessCommand(
  { context, profile }: Pick<ClusterFacts, "context" | "profile">,
  { kubeconfig, namespace }: { kubeconfig: string; namespace: string },
  service: string,
): string {
  // A ~ stays outside of the quotes: the output is the same for every user, and each one's shell expands it.
  const path = quote(kubeconfig).replace(/^'~\//, "~/'");
  const kubectl = kubeconfig === "" ? "kubectl" : `kubectl --kubeconfig ${path}`;
  // Minikube has no option for it.
  const minikube = kubeconfig === "" ? "minikube" : `KUBECONFIG=${path} minikube`;
  return profile === undefined
    ? `${kubectl} --context ${quote(context.name)} -n ${namespace} port-forward service/${service} 8080:http`
    : `${minikube} -p ${profile.name} service ${service} -n ${namespace} --url`;
}
