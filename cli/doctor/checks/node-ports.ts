import { hasNodePort, pinnedNodePorts, serviceName, type Settings } from "../../../settings";
import { publishedPorts } from "../../../lib/minikube/profile";
import type { ProfileFile } from "../../environment/detect/cluster";
import type { Finding } from "../finding";

/** `kubectl get services -A -o json`, as far as it matters here. */
export interface ServiceList {
  items: {
    metadata: { name: string; namespace: string };
    spec: { ports?: { nodePort?: number }[] };
  }[];
}

/** NodePorts of the settings that another Service of the cluster has taken. */
export function nodePortFindings(settings: Settings, services: ServiceList["items"]): Finding[] {
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
    return {
      check: "NodePort",
      state: "mend",
      found: `${port}, which ${key} is to have, belongs to the Service ${owner.metadata.namespace}/${owner.metadata.name}.`,
      fix: `Set ${key}.service.nodePort to another port in the stack's file, or: kubectl --context ${settings.context} -n ${owner.metadata.namespace} delete service ${owner.metadata.name}`,
    };
  });
}

/** Whether the profile publishes the stack's NodePorts on loopback: that is fixed when it is made. */
export function publishedFinding(settings: Settings, profile: ProfileFile): Finding {
  const published = publishedPorts(profile.exposedPorts);
  const missing = pinnedNodePorts(settings).filter((port) => !published.includes(port));
  if (missing.length === 0) {
    return {
      check: "published",
      state: "ok",
      found: `127.0.0.1 has the NodePorts ${published.join(", ") || "(none wanted)"}.`,
    };
  }
  return {
    check: "published",
    state: "note",
    found:
      `The profile doesn't publish ${missing.join(", ")} on 127.0.0.1: the URL is the node's, ` +
      "which macOS and Windows can't reach under the docker driver.",
    fix: `Only a new profile can publish it: \`minikube delete -p ${settings.context}\`, then \`npm run up\`.`,
  };
}

/** Ports that a new profile is to publish, but another program of this machine has taken. */
export function hostPortFinding(wanted: readonly number[], taken: readonly number[]): Finding {
  if (taken.length === 0) {
    return { check: "host ports", state: "ok", found: `127.0.0.1 has ${wanted.join(", ")} free.` };
  }
  return {
    check: "host ports",
    state: "mend",
    found: `Another program listens on 127.0.0.1:${taken.join(", ")}, which the cluster is to publish.`,
    fix: "End that program, or set another service.nodePort in the stack's file.",
  };
}
