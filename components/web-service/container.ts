import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { WritablePath } from "../../settings";
import { containerSecurity } from "../pods/pod-security";
import { volumeMounts } from "../pods/writable-paths";

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

/** Arguments of {@link webServiceContainer}. */
export interface ContainerArgs {
  /** Name of the container. */
  readonly containerName: pulumi.Input<string>;

  /** Reference of the image. */
  readonly image: pulumi.Input<string>;

  /** When a node pulls the image. */
  readonly imagePullPolicy: pulumi.Input<string>;

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

  /**
   * Seconds before SIGTERM, while every node removes the pod's endpoint.
   *
   * @default 0
   */
  readonly preStopSeconds?: number;
}

/** The container of a web service. */
export function webServiceContainer(args: ContainerArgs): kubernetes.types.input.core.v1.Container {
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

function environment({ version, port, secretName, secretEnv = [], env = {} }: ContainerArgs) {
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
