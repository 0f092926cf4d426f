import * as docker from "@pulumi/docker";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterIdentity } from "../../lib/kubernetes/cluster-identity";
import { RecordedIdentity } from "./cluster-identity";
import type { Delivery } from "./delivery";

/** Arguments of {@link Cluster}. */
export interface ClusterArgs {
  /** The context of the kubeconfig, and what identifies the cluster that it leads to now. */
  readonly identity: ClusterIdentity;

  /**
   * Path of the kubeconfig.
   *
   * @default the one that kubectl finds: $KUBECONFIG, else ~/.kube/config
   */
  readonly kubeconfig?: pulumi.Input<string>;

  /** How images get into the cluster; one of the outputs. */
  readonly delivery: Delivery;

  /**
   * Address of the docker daemon that builds the images.
   *
   * @default this machine's daemon, at its usual address
   */
  readonly dockerHost?: pulumi.Input<string>;

  /**
   * Folder of the client certificates for `dockerHost`.
   *
   * @default none
   */
  readonly dockerCertPath?: pulumi.Input<string>;
}

/**
 * The providers for the cluster, and for the docker daemon that builds its images. Both wait until the cluster
 * is known to be the one that the stack was deployed to.
 */
export class Cluster extends pulumi.ComponentResource {
  /** Provider of all Kubernetes objects. */
  readonly kubernetes: kubernetes.Provider;

  /** Provider of the images. */
  readonly docker: docker.Provider;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:cluster:Cluster", name, {}, opts);
    const { identity, kubeconfig, delivery, dockerHost, dockerCertPath } = args;
    const { context } = identity;
    if (dockerCertPath !== undefined && dockerHost === undefined) {
      throw new Error(
        `Cluster "${name}": dockerCertPath is set without dockerHost; expected both or neither.`,
      );
    }

    const { confirmed: dependsOn } = new RecordedIdentity(`${name}-identity`, identity, {
      parent: this,
    });
    this.kubernetes = new kubernetes.Provider(
      `${name}-kubernetes`,
      {
        context,
        // Without it, a Minikube that restarts with another port plans to replace everything.
        clusterIdentifier: context,
        // Without these, a change of a ConfigMap or Secret with a fixed name would delete it first.
        enableConfigMapMutable: true,
        enableSecretMutable: true,
        ...(kubeconfig !== undefined && { kubeconfig }),
      },
      { parent: this, dependsOn },
    );
    this.docker = new docker.Provider(
      `${name}-docker`,
      {
        ...(dockerHost !== undefined && { host: dockerHost }),
        ...(dockerCertPath !== undefined && { certPath: dockerCertPath }),
      },
      { parent: this, dependsOn },
    );

    this.registerOutputs({ context, delivery });
  }
}
