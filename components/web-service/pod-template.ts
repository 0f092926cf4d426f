import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { podSecurity } from "../pods/pod-security";
import { emptyDirVolumes } from "../pods/writable-paths";
import { type ContainerArgs, webServiceContainer } from "./container";

/** Arguments of {@link podTemplate}. */
export interface PodTemplateArgs extends ContainerArgs {
  /** User and group that the pod runs as; not 0. */
  readonly runAsUser: number;

  /**
   * Names of the Secrets with credentials of registries.
   *
   * @default none
   */
  readonly pullSecrets?: readonly pulumi.Input<string>[];

  /** Name of the ServiceAccount. The Helm release creates it before these pods. */
  readonly serviceAccountName: pulumi.Input<string>;

  /** Labels of the pods; they include the selector's. */
  readonly podLabels: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * Annotations of the pods; a change rolls them.
   *
   * @default none
   */
  readonly podAnnotations?: Readonly<Record<string, pulumi.Input<string>>>;

  /** Labels by which the Deployment and the Service select the pods; not empty. */
  readonly selectorLabels: Readonly<Record<string, string>>;

  /** How pods spread over the nodes; fields as in Kubernetes' TopologySpreadConstraint. */
  readonly spread: {
    readonly maxSkew: number;
    readonly topologyKey: string;
    readonly whenUnsatisfiable: string;
  };

  /** Seconds for the pause before SIGTERM and the drain together; more than `preStopSeconds`. */
  readonly terminationGracePeriodSeconds: number;
}

/** The pod template of a web service, field by field as in the chart's template `todo-app.deployment`. */
export function podTemplate(args: PodTemplateArgs): kubernetes.types.input.core.v1.PodTemplateSpec {
  const { podAnnotations = {}, pullSecrets = [], writablePaths = [], selectorLabels } = args;
  return {
    metadata: {
      labels: args.podLabels,
      ...(Object.keys(podAnnotations).length > 0 && { annotations: podAnnotations }),
    },
    spec: {
      serviceAccountName: args.serviceAccountName,
      ...podSecurity(args.runAsUser),
      ...(pullSecrets.length > 0 && { imagePullSecrets: pullSecrets.map((name) => ({ name })) }),
      terminationGracePeriodSeconds: args.terminationGracePeriodSeconds,
      topologySpreadConstraints: [
        { ...args.spread, labelSelector: { matchLabels: selectorLabels } },
      ],
      containers: [webServiceContainer(args)],
      volumes: emptyDirVolumes(writablePaths),
    },
  };
}
