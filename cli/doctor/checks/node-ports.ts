import type { ClusterTarget } from "../../../lib/kubernetes/target";
import { hasNodePort, serviceName, type Settings } from "../../../settings";
import type { Finding } from "../finding";

/** The parts of `kubectl get services -A -o json` that the check reads. */
export interface ServiceList {
  items: {
    metadata: { name: string; namespace: string };
    spec: { ports?: { nodePort?: number }[] };
  }[];
}

/** Checks each NodePort of the settings: whether another Service of the cluster has it. */
export function nodePortFindings(
  settings: Settings,
  services: ServiceList["items"],
  target: Pick<ClusterTarget, "kubectl">,
): Finding[] {
  const wanted = (["frontend", "backend"] as const).flatMap((key) => {
    const { service } = settings[key];
    return hasNodePort(settings[key]) && service.nodePort !== null
      ? [{ key, port: service.nodePort, name: serviceName(settings[key]) }]
      : [];
  });
  return wanted.map(({ key, port, name }) => {
    const owner = services.find(({ spec }) =>
      spec.ports?.some(({ nodePort }) => nodePort === port),
    );
    const isOurs = owner?.metadata.namespace === settings.namespace && owner.metadata.name === name;
    if (owner === undefined || isOurs) {
      return {
        check: "NodePort",
        state: "ok",
        found: owner ? `${port} is this stack's own, ${name}.` : `${port} is free for ${name}.`,
      };
    }
    const { namespace, name: ownerName } = owner.metadata;
    return {
      check: "NodePort",
      state: "fix",
      found: `${port}, which ${key} is to have, belongs to the Service ${namespace}/${ownerName}.`,
      hint: `Set ${key}.service.nodePort to another port in the stack's file, or: ${target.kubectl(`-n ${namespace} delete service ${ownerName}`)}`,
    };
  });
}
