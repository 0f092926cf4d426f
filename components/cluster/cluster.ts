import * as docker from "@pulumi/docker";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterFacts } from "./facts";

export interface ClusterArgs {
  facts: ClusterFacts;
  /** Path of the kubeconfig; empty: as kubectl finds it. */
  kubeconfig: string;
}

/** The cluster that is deployed to, and the docker daemon that builds for it: a provider for each. */
export class Cluster extends pulumi.ComponentResource {
  readonly kubernetes: kubernetes.Provider;
  readonly docker: docker.Provider;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:cluster:Cluster", name, {}, opts);
    const { context } = args.facts;

    this.kubernetes = new kubernetes.Provider(
      `${name}-kubernetes`,
      {
        context: context.name,
        // Without it a Minikube that comes back under another port plans to replace everything.
        clusterIdentifier: context.name,
        // Without these a ConfigMap or Secret of a fixed name would be deleted to be changed.
        enableConfigMapMutable: true,
        enableSecretMutable: true,
        ...(args.kubeconfig === "" ? {} : { kubeconfig: args.kubeconfig }),
      },
      { parent: this },
    );
    this.docker = new docker.Provider(
      `${name}-docker`,
      { ...args.facts.builder },
      { parent: this },
    );

    this.registerOutputs({ context: context.name, delivery: args.facts.delivery });
  }
}
