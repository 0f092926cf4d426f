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
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number };
}

interface PodTemplate {
  metadata?: { labels?: Partial<Record<string, string>> };
  spec?: PodSpec;
}

/** Kinds whose pods run until they are deleted. */
const lasting: readonly string[] = ["Deployment", "StatefulSet", "DaemonSet"];
const kinds: readonly string[] = [...lasting, "Job", "Pod"];

/** The pods that a resource creates. */
export interface Pods {
  kind: string;
  /** Whether they run until they are deleted, unlike those of a Job. */
  lasting: boolean;
  replicas: unknown;
  /** Labels of the pods. */
  labels: Partial<Record<string, string>>;
  spec: PodSpec;
  /** Every container, init containers included. */
  containers: Container[];
  /** The containers that run as long as the pod does. */
  mainContainers: Container[];
}

/** Returns the pods of a Deployment, StatefulSet, DaemonSet or Job, or a pod itself; undefined for other kinds. */
export function podsOf({ type, inputs }: PolicyResource): Pods | undefined {
  const kind = type.slice(type.lastIndexOf(":") + 1);
  if (!type.startsWith("kubernetes:") || !kinds.includes(kind)) return undefined;
  const workload = inputs as { spec?: { replicas?: unknown; template?: PodTemplate } };
  const pod = kind === "Pod" ? (inputs as PodTemplate) : workload.spec?.template;
  const spec = pod?.spec ?? {};
  const mainContainers = spec.containers ?? [];
  return {
    kind,
    lasting: lasting.includes(kind),
    replicas: kind === "Pod" ? undefined : workload.spec?.replicas,
    labels: pod?.metadata?.labels ?? {},
    spec,
    containers: [...mainContainers, ...(spec.initContainers ?? [])],
    mainContainers,
  };
}

/** Returns the minimum of the autoscaler that owns a Deployment's replicas; undefined where there is none. */
export function autoscalerMinimum(
  { inputs }: PolicyResource,
  { backend, frontend }: PolicyContext["settings"],
): number | undefined {
  const { metadata } = inputs as { metadata?: { name?: string } };
  const service = [backend, frontend].find(({ name }) => name === metadata?.name);
  return service?.autoscaling.enabled === true ? service.autoscaling.minReplicas : undefined;
}
