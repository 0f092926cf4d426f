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

function refusal(before: ClusterIdentity, now: ClusterIdentity): string {
  return (
    `This stack is deployed to the cluster ${named(before)}, but the settings lead to ${named(now)}. ` +
    "Pulumi would lose the objects of the first one, or replace them. " +
    `To go back, set the context "${before.context}" and its cluster again ` +
    `(pulumi config set context ${before.context}). To move, destroy the stack there first, or create ` +
    "another stack for the new cluster. If the first cluster is gone for good: " +
    "npm run destroy -- --forget. If nothing was deployed there yet: npm run up."
  );
}

const provider: pulumi.dynamic.ResourceProvider<ClusterIdentity, ClusterIdentity> = {
  diff(_id, olds, news) {
    if (!mayFollow(olds, news)) {
      // The SDK prints the message and the stack of what is thrown, and the engine the message again.
      const error = new Error(refusal(olds, news));
      error.stack = "";
      return Promise.reject(error);
    }
    // The server's address changes whenever some Minikubes start, and a UID may be readable to some users alone.
    const changed = (key: keyof ClusterIdentity) =>
      news[key] !== undefined && olds[key] !== news[key];
    const isNowMinikube = news.minikube === true && olds.minikube !== true;
    return Promise.resolve({ changes: changed("uid") || changed("authority") || isNowMinikube });
  },
  create(inputs) {
    return Promise.resolve({ id: inputs.uid ?? inputs.context, outs: inputs });
  },
  update(_id, olds, news) {
    const known = Object.entries(news).filter(([, value]) => value !== undefined);
    // What was a Minikube stays one, where this shell has another folder of Minikube's.
    const minikube = olds.minikube === true || news.minikube;
    return Promise.resolve({ outs: { ...olds, ...Object.fromEntries(known), minikube } });
  },
};

/** The SDK's outputs, with a member that is missing in its declarations. */
interface OpenOutput {
  promise(): Promise<unknown>;
}

/**
 * The identity of the cluster, recorded in the stack's state. An update fails where the settings lead to another
 * cluster than the recorded one, and so does a destroy or a refresh that runs the program.
 */
export class RecordedIdentity extends pulumi.dynamic.Resource {
  declare readonly context: pulumi.Output<string>;
  declare readonly server: pulumi.Output<string | undefined>;
  declare readonly uid: pulumi.Output<string | undefined>;
  declare readonly authority: pulumi.Output<string | undefined>;
  declare readonly minikube: pulumi.Output<boolean | undefined>;

  /** What has to wait until the cluster is known to be the recorded one depends on this. */
  readonly confirmed: Promise<pulumi.Resource[]>;

  constructor(name: string, identity: ClusterIdentity, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, { ...identity }, opts, "cluster", "Identity");
    this.confirmed = this.#confirm(identity);
  }

  async #confirm(now: ClusterIdentity): Promise<pulumi.Resource[]> {
    // A destroy or refresh of a state that has no such resource skips it, and all that depends on it: then
    // nothing may. Its id is unknown there, as it is at the preview of the first update.
    const id = await (this.id as unknown as OpenOutput).promise();
    if (id === undefined) return [];
    const { context, server, uid, authority, minikube } = this;
    const recorded = pulumi.output({ context, server, uid, authority, minikube });
    const before = (await (recorded as unknown as OpenOutput).promise()) as
      ClusterIdentity | undefined;
    // A destroy and a refresh ask for no difference, but answer with what is recorded.
    if (before?.context !== undefined && !mayFollow(before, now))
      throw new pulumi.RunError(refusal(before, now));
    return [this];
  }
}
