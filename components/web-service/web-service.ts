import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { assertNonRoot } from "../pods/pod-security";
import { podTemplate, type PodTemplateArgs } from "./pod-template";

/** Arguments of {@link WebService}. */
export interface WebServiceArgs extends PodTemplateArgs {
  /** Namespace of the Deployment and the Service. */
  readonly namespace: pulumi.Input<string>;

  /** Labels of the Deployment and the Service. */
  readonly labels: Readonly<Record<string, pulumi.Input<string>>>;

  /** Name of the Deployment. */
  readonly deploymentName: pulumi.Input<string>;

  /**
   * Number of pods.
   *
   * @default an autoscaler sets it, and the Deployment leaves it alone
   */
  readonly replicas?: pulumi.Input<number>;

  /** Pods above `replicas` during a rollout. */
  readonly maxSurge: number;

  /** Pods below `replicas` during a rollout; not 0 together with `maxSurge`. */
  readonly maxUnavailable: number;

  /** Seconds after which Pulumi fails an incomplete rollout. */
  readonly timeoutSeconds: number;

  /** Seconds without progress after which Kubernetes reports a failed rollout. */
  readonly progressDeadlineSeconds: pulumi.Input<number>;

  /** Old ReplicaSets to keep for a rollback. */
  readonly revisionHistoryLimit: pulumi.Input<number>;

  /** Name of the Service. */
  readonly serviceName: pulumi.Input<string>;

  /** Type of the Service. */
  readonly serviceType: "ClusterIP" | "NodePort" | "LoadBalancer";

  /** Port of the Service. */
  readonly servicePort: pulumi.Input<number>;

  /**
   * Port of the Service on every node; only for Services of type NodePort or LoadBalancer.
   *
   * @default chosen by the cluster
   */
  readonly nodePort?: number;
}

/** A web server and its address: a Deployment and a Service. Backend and frontend are one each. */
export class WebService extends pulumi.ComponentResource {
  /** Port on every node; undefined for a Service of type ClusterIP. */
  readonly nodePort: pulumi.Output<number | undefined>;

  constructor(name: string, args: WebServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:app:WebService", name, {}, opts);
    assertPossible(name, args);
    const { namespace, labels, selectorLabels, replicas, serviceType, nodePort } = args;
    const timeout = `${args.timeoutSeconds}s`;

    new kubernetes.apps.v1.Deployment(
      `${name}-deployment`,
      {
        metadata: {
          name: args.deploymentName,
          namespace,
          labels,
          // Takes back what other field managers have set (kubectl scale, an autoscaler before it was
          // switched off), instead of failing the update with a conflict.
          annotations: { "pulumi.com/patchForce": "true" },
        },
        spec: {
          ...(replicas !== undefined && { replicas }),
          revisionHistoryLimit: args.revisionHistoryLimit,
          progressDeadlineSeconds: args.progressDeadlineSeconds,
          strategy: {
            type: "RollingUpdate",
            rollingUpdate: { maxSurge: args.maxSurge, maxUnavailable: args.maxUnavailable },
          },
          selector: { matchLabels: selectorLabels },
          template: podTemplate(args),
        },
      },
      {
        parent: this,
        customTimeouts: { create: timeout, update: timeout },
        // Without it, the update that switches the autoscaler on would scale down to 1 first.
        ...(replicas === undefined && { ignoreChanges: ["spec.replicas"] }),
      },
    );

    const service = new kubernetes.core.v1.Service(
      `${name}-service`,
      {
        metadata: {
          name: args.serviceName,
          namespace,
          labels,
          // Pulumi awaits the Deployment. The Service's own await takes ten seconds more for the same
          // pods, and ten minutes for a LoadBalancer on a Minikube without a tunnel.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec: {
          type: serviceType,
          selector: selectorLabels,
          ports: [
            {
              name: "http",
              port: args.servicePort,
              targetPort: args.port,
              protocol: "TCP",
              ...(nodePort !== undefined && { nodePort }),
            },
          ],
        },
      },
      // A fixed name and a fixed NodePort can't exist twice: the old Service is deleted first.
      { parent: this, deleteBeforeReplace: true },
    );

    // A pinned port is known at preview; one that the cluster chooses, after the update.
    this.nodePort =
      serviceType === "ClusterIP" || nodePort !== undefined
        ? pulumi.output(nodePort)
        : service.spec.ports.apply((ports) => ports[0]?.nodePort);
    this.registerOutputs({ nodePort: this.nodePort });
  }
}

/** Throws where the arguments contradict each other, in a sentence that names the fields. */
function assertPossible(name: string, args: WebServiceArgs): void {
  const component = `WebService "${name}"`;
  const { maxSurge, maxUnavailable, preStopSeconds = 0, terminationGracePeriodSeconds } = args;
  assertNonRoot(component, args.runAsUser);
  if (args.serviceType === "ClusterIP" && args.nodePort !== undefined) {
    throw new Error(
      `${component}: nodePort is ${args.nodePort}, but serviceType is ClusterIP, which has no NodePort: ` +
        "set serviceType to NodePort or LoadBalancer, or leave out nodePort.",
    );
  }
  if (Object.keys(args.selectorLabels).length === 0) {
    throw new Error(`${component}: selectorLabels is empty; expected one label or more.`);
  }
  if (maxSurge === 0 && maxUnavailable === 0) {
    throw new Error(
      `${component}: maxSurge and maxUnavailable are both 0, so that no pod could be replaced: ` +
        "set one of them to 1 or more.",
    );
  }
  if (preStopSeconds >= terminationGracePeriodSeconds) {
    throw new Error(
      `${component}: preStopSeconds is ${preStopSeconds}, which leaves no time to drain within ` +
        `terminationGracePeriodSeconds, ${terminationGracePeriodSeconds}.`,
    );
  }
}
