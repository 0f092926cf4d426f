import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { WritablePath } from "../../settings";
import { containerSecurity, podSecurity } from "../pods/pod-security";
import { emptyDirVolumes, volumeMounts } from "../pods/writable-paths";

/** An environment variable whose value is in the Secret. */
export interface SecretVariable {
  /** Name of the variable. */
  readonly name: string;

  /** Key in the Secret. */
  readonly key: string;

  /**
   * Whether pods start without it.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** An HTTP probe at the container's port; fields as in Kubernetes' Probe. */
export interface ProbeArgs {
  /** Path of the request. */
  readonly path: string;
  /** Seconds before the first attempt. */
  readonly initialDelaySeconds: number;
  /** Seconds between two attempts. */
  readonly periodSeconds: number;
  /** Seconds after which an attempt has failed. */
  readonly timeoutSeconds: number;
  /** Consecutive failures after which the probe has failed. */
  readonly failureThreshold: number;
  /** Consecutive successes after which the probe has succeeded. */
  readonly successThreshold: number;
}

/** Arguments of {@link podTemplate}. */
export interface PodTemplateArgs {
  /** Name of the container. */
  readonly containerName: pulumi.Input<string>;

  /** Reference of the image. */
  readonly image: pulumi.Input<string>;

  /** When a node pulls the image. */
  readonly imagePullPolicy: pulumi.Input<string>;

  /**
   * Names of the Secrets with credentials of registries.
   *
   * @default none
   */
  readonly pullSecrets?: readonly pulumi.Input<string>[];

  /** Port that the container listens on, and its variable PORT. */
  readonly port: number;

  /** Version of the application, the variable VERSION. */
  readonly version: pulumi.Input<string>;

  /** Name of the ConfigMap whose keys become environment variables. */
  readonly configMapName: pulumi.Input<string>;

  /** Name of the Secret with the values of `secretEnv`. */
  readonly secretName: pulumi.Input<string>;

  /**
   * Environment variables from the Secret.
   *
   * @default none
   */
  readonly secretEnv?: readonly SecretVariable[];

  /**
   * Additional environment variables, in plain text.
   *
   * @default none
   */
  readonly env?: Readonly<Record<string, pulumi.Input<string>>>;

  /** Requests and limits of the container. */
  readonly resources: pulumi.Input<kubernetes.types.input.core.v1.ResourceRequirements>;

  /** Probes of the container. */
  readonly probes: Readonly<Record<"startup" | "liveness" | "readiness", ProbeArgs>>;

  /**
   * Folders that the container may write to; everything else is read-only.
   *
   * @default none
   */
  readonly writablePaths?: readonly WritablePath[];

  /** User and group that the pod runs as; not 0. */
  readonly runAsUser: number;

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

  /**
   * Seconds before SIGTERM, while every node removes the pod's endpoint.
   *
   * @default 0
   */
  readonly preStopSeconds?: number;

  /** Seconds for the pause before SIGTERM and the drain together; more than `preStopSeconds`. */
  readonly terminationGracePeriodSeconds: number;
}

/** The pod template of a web service, field by field as in the chart's template `todo-app.deployment`. */
export function podTemplate(args: PodTemplateArgs) {
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
      containers: [container(args)],
      volumes: emptyDirVolumes(writablePaths),
    },
  };
}

function container(args: PodTemplateArgs) {
  const { port, preStopSeconds = 0, writablePaths = [] } = args;
  return {
    name: args.containerName,
    image: args.image,
    imagePullPolicy: args.imagePullPolicy,
    ...containerSecurity,
    ports: [{ name: "http", containerPort: port, protocol: "TCP" }],
    envFrom: [{ configMapRef: { name: args.configMapName } }],
    env: environment(args),
    resources: args.resources,
    startupProbe: httpProbe(args.probes.startup, port),
    livenessProbe: httpProbe(args.probes.liveness, port),
    readinessProbe: httpProbe(args.probes.readiness, port),
    // Requests still come in until every node has removed the pod's endpoint.
    ...(preStopSeconds > 0 && {
      lifecycle: { preStop: { sleep: { seconds: preStopSeconds } } },
    }),
    volumeMounts: volumeMounts(writablePaths),
  };
}

function environment({ version, port, secretName, secretEnv = [], env = {} }: PodTemplateArgs) {
  return [
    { name: "VERSION", value: version },
    { name: "PORT", value: String(port) },
    ...secretEnv.map(({ name, key, optional = false }) => ({
      name,
      valueFrom: { secretKeyRef: { name: secretName, key, ...(optional && { optional }) } },
    })),
    ...Object.keys(env)
      .sort()
      .map((name) => ({ name, value: env[name] ?? "" })),
  ];
}

function httpProbe({ path, ...timing }: ProbeArgs, port: number) {
  return { httpGet: { path, port }, ...timing };
}
