import * as pulumi from "@pulumi/pulumi";
import type { ClusterIdentity } from "../../lib/kubernetes/cluster-identity";

/*
 * From here to the class, everything becomes part of Pulumi's state: the SDK serializes the provider with
 * the functions that it refers to, and runs it in another process.
 */

function named({ context, server, uid }: ClusterIdentity): string {
  return `"${context}" (API server ${server ?? "unknown"}, UID of kube-system ${uid ?? "unknown"})`;
}

/** Whether the program may change the resources of one cluster by what it finds in the other. */
function mayFollow(before: ClusterIdentity, now: ClusterIdentity): boolean {
  // Even where both names lead to one cluster: the provider would replace every object.
  if (before.context !== now.context) return false;
  if (before.uid === undefined || now.uid === undefined || before.uid === now.uid) return true;
  // A Minikube that was deleted and created anew: only one profile of a name exists in Minikube's folder.
  const minikube = before.minikube === true && now.minikube === true;
  return minikube && before.authority !== undefined && before.authority === now.authority;
}

const provider: pulumi.dynamic.ResourceProvider<ClusterIdentity, ClusterIdentity> = {
  diff(_id, olds, news) {
    if (!mayFollow(olds, news)) {
      // The SDK prints the message and the stack of what is thrown, and the engine the message again.
      const error = new Error(
        `This stack is deployed to the cluster ${named(olds)}, but the settings lead to ${named(news)}. ` +
          "Pulumi would lose the objects of the first one, or replace them. " +
          `To go back, set the context "${olds.context}" and its cluster again ` +
          `(pulumi config set context ${olds.context}). To move, destroy the stack there first, or create ` +
          "another stack for the new cluster. If the first cluster is gone for good: " +
          "npm run destroy -- --forget.",
      );
      error.stack = "";
      return Promise.reject(error);
    }
    // The server's address changes whenever some Minikubes start, and a UID may be readable to some users alone.
    const changed = (key: keyof ClusterIdentity) =>
      news[key] !== undefined && olds[key] !== news[key];
    return Promise.resolve({ changes: changed("uid") || changed("authority") });
  },
  create(inputs) {
    return Promise.resolve({ id: inputs.uid ?? inputs.context, outs: inputs });
  },
  update(_id, olds, news) {
    const known = Object.entries(news).filter(([, value]) => value !== undefined);
    return Promise.resolve({ outs: { ...olds, ...Object.fromEntries(known) } });
  },
};

/**
 * The identity of the cluster, recorded in the stack's state. An update fails where the settings lead to another
 * cluster than the recorded one; what has to wait for that depends on this resource.
 */
export class RecordedIdentity extends pulumi.dynamic.Resource {
  constructor(name: string, identity: ClusterIdentity, opts?: pulumi.CustomResourceOptions) {
    const known = Object.entries(identity).filter(([, value]) => value !== undefined);
    super(provider, name, Object.fromEntries(known), opts, "cluster", "Identity");
  }
}
