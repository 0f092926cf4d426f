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

interface PodSpec {
  containers?: Container[];
  initContainers?: Container[];
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number };
}

interface Workload {
  metadata?: { labels?: Partial<Record<string, string>> };
  spec?: {
    replicas?: unknown;
    template?: { metadata?: { labels?: Partial<Record<string, string>> }; spec?: PodSpec };
  };
}

/** Kinds that stay up: their containers have probes, and more than one replica in production. */
const lasting: readonly string[] = ["Deployment", "StatefulSet", "DaemonSet"];
const kinds: readonly string[] = [...lasting, "Job"];

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

/** The pods of a Deployment, StatefulSet, DaemonSet or Job; undefined of anything else. */
export function podsOf({ type, inputs }: PolicyResource): Pods | undefined {
  const kind = type.slice(type.lastIndexOf(":") + 1);
  if (!type.startsWith("kubernetes:") || !kinds.includes(kind)) return undefined;
  const { spec } = inputs as Workload;
  const podSpec = spec?.template?.spec ?? {};
  const mainContainers = podSpec.containers ?? [];
  return {
    kind,
    lasting: lasting.includes(kind),
    replicas: spec?.replicas,
    labels: spec?.template?.metadata?.labels ?? {},
    spec: podSpec,
    containers: [...mainContainers, ...(podSpec.initContainers ?? [])],
    mainContainers,
  };
}
