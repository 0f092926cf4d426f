import type { ClusterFacts } from "./cluster-facts";

/** Returns the URL at which a NodePort answers from this machine. */
export function nodePortUrl(
  { context, profile }: Pick<ClusterFacts, "context" | "profile">,
  port: number,
): string {
  const published = profile?.publishedPorts.includes(port) ?? false;
  const node = profile?.nodeAddress ?? new URL(context.server).hostname;
  return `http://${published ? "127.0.0.1" : node}:${port}`;
}

/** Returns a command that makes a Service reachable on machines that can't reach its NodePort. */
export function accessCommand(
  { context, profile }: Pick<ClusterFacts, "context" | "profile">,
  namespace: string,
  service: string,
): string {
  return profile === undefined
    ? `kubectl --context ${context.name} -n ${namespace} port-forward service/${service} 8080:http`
    : `minikube -p ${profile.name} service ${service} -n ${namespace} --url`;
}
