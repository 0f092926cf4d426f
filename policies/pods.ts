import type { PolicyResource } from "./policy";

/** An environment variable of a container. */
export interface EnvironmentVariable {
  name: string;
  value?: unknown;
  valueFrom?: unknown;
}

/** A container, as far as the policies look at it. */
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

/** The specification of a pod, as far as the policies look at it. */
export interface PodSpec {
  containers?: Container[];
  initContainers?: Container[];
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number };
}

interface PodTemplate {
  metadata?: { labels?: Partial<Record<string, string>> };
  spec?: PodSpec;
}

/** Kinds that stay up: their containers have probes, and more than one replica in production. */
const lasting: readonly string[] = ["Deployment", "StatefulSet", "DaemonSet"];
const kinds: readonly string[] = [...lasting, "Job", "Pod"];

/** The pods that a resource makes. */
export interface Pods {
  kind: string;
  lasting: boolean;
  replicas: unknown;
  /** Labels of the pods. */
  labels: Partial<Record<string, string>>;
  spec: PodSpec;
  /** Every container, init containers included. */
  containers: Container[];
  /** Those that run as long as the pod does. */
  mainContainers: Container[];
}

/** The pods of a Deployment, StatefulSet, DaemonSet or Job, or a pod by itself; undefined of anything else. */
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
