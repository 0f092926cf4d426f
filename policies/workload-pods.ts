import { isObject } from "../lib/pulumi/values";
import type { PolicyContext, PolicyResource } from "./policy";

/** An environment variable of a container. */
export interface EnvironmentVariable {
  name: string;
  value?: unknown;
  valueFrom?: unknown;
}

/** The part of a container that the policies check. */
export interface Container {
  name: string;
  restartPolicy?: string;
  image?: unknown;
  command?: unknown[];
  args?: unknown[];
  env?: EnvironmentVariable[];
  resources?: {
    requests?: Partial<Record<string, string>>;
    limits?: Partial<Record<string, string>>;
  };
  securityContext?: {
    runAsNonRoot?: boolean;
    runAsUser?: number;
    readOnlyRootFilesystem?: boolean;
    allowPrivilegeEscalation?: boolean;
    privileged?: boolean;
    capabilities?: { drop?: string[]; add?: string[] };
  };
  startupProbe?: unknown;
  readinessProbe?: unknown;
  livenessProbe?: unknown;
}

/** The part of a pod's specification that the policies check. */
export interface PodSpec {
  containers?: Container[];
  initContainers?: Container[];
  restartPolicy?: string;
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number };
}

interface PodTemplate {
  metadata?: { labels?: Partial<Record<string, string>> };
  spec?: PodSpec;
}

/** Kinds whose pods run until they are deleted. */
const lasting: readonly string[] = [
  ...["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"],
];

/** The pods that a resource creates. */
export interface Pods {
  kind: string;
  /** Whether they run until they are deleted, unlike those of a Job. */
  lasting: boolean;
  /** Number of pods at once; undefined where it isn't set. */
  replicas: unknown;
  /** Labels of the pods. */
  labels: Partial<Record<string, string>>;
  spec: PodSpec;
  /** Every container, init containers included. */
  containers: Container[];
  /** The containers that run as long as the pod does. */
  mainContainers: Container[];
}

/** The parts of an object that may contain a pod template. */
interface Workload extends PodTemplate {
  /** Of a PodTemplate. */
  template?: PodTemplate;
  spec?: PodSpec & {
    replicas?: unknown;
    parallelism?: unknown;
    template?: PodTemplate;
    /** Of a CronJob. */
    jobTemplate?: { spec?: { parallelism?: unknown; template?: PodTemplate } };
  };
}

/**
 * Returns the pods of a resource: a pod itself, or what any kind with a pod template creates, custom
 * resources such as Argo's Rollout included; undefined for other resources.
 */
export function podsOf({ type, inputs }: PolicyResource): Pods | undefined {
  if (!type.startsWith("kubernetes:") || !isObject(inputs)) return undefined;
  // Pulumi's resources that patch an object, such as DeploymentPatch, say the same of it.
  const kind = type.slice(type.lastIndexOf(":") + 1).replace(/Patch$/, "");
  const workload = inputs as Workload;
  const job = workload.spec?.jobTemplate?.spec ?? workload.spec;
  const pod = kind === "Pod" ? workload : (job?.template ?? workload.template);
  if (pod === undefined || !isObject(pod.spec) || !("containers" in pod.spec)) return undefined;
  const spec = pod.spec as PodSpec;
  const mainContainers = spec.containers ?? [];
  const stays = kind === "Pod" && (spec.restartPolicy ?? "Always") === "Always";
  return {
    kind,
    lasting: stays || lasting.includes(kind),
    replicas: kind === "Pod" ? undefined : (workload.spec?.replicas ?? job?.parallelism),
    labels: pod.metadata?.labels ?? {},
    spec,
    containers: [...mainContainers, ...(spec.initContainers ?? [])],
    mainContainers,
  };
}

/** An autoscaler, as far as the policies check it. */
interface Autoscaler {
  spec?: { minReplicas?: unknown; scaleTargetRef?: { kind?: unknown; name?: unknown } };
}

/** Returns the minimum of an autoscaler, by default 1; undefined for other resources. */
export function minimumOf({ type, inputs }: PolicyResource): unknown {
  if (!/^kubernetes:autoscaling\/.*:HorizontalPodAutoscaler(Patch)?$/.test(type)) return undefined;
  return (inputs as Autoscaler).spec?.minReplicas ?? 1;
}

/**
 * Returns the minimum of the autoscaler that owns a workload's replicas: of one among the resources, or of
 * the one that the release will create; undefined where there is none.
 */
export function autoscalerMinimum(
  { inputs, type }: PolicyResource,
  { settings: { backend, frontend }, resources }: PolicyContext,
): unknown {
  const { metadata } = inputs as { metadata?: { name?: unknown } };
  const kind = type.slice(type.lastIndexOf(":") + 1);
  const autoscaler = resources.find((other) => {
    if (minimumOf(other) === undefined) return false;
    const target = (other.inputs as Autoscaler).spec?.scaleTargetRef;
    return target?.kind === kind && target.name === metadata?.name;
  });
  if (autoscaler !== undefined) return minimumOf(autoscaler);
  const service = [backend, frontend].find(({ name }) => name === metadata?.name);
  return kind === "Deployment" && service?.autoscaling.enabled === true
    ? service.autoscaling.minReplicas
    : undefined;
}
