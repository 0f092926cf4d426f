import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** CPU, memory and disk of a container, as Kubernetes quantities. */
export interface ResourceQuantities {
  cpu: string;
  memory: string;
  "ephemeral-storage": string;
}

/** What a container reserves, and the limits that it must not exceed. */
export interface ContainerResources {
  requests: ResourceQuantities;
  limits: ResourceQuantities;
}

interface ProbeTiming {
  periodSeconds: number;
  timeoutSeconds: number;
  failureThreshold: number;
}

/** An HTTP probe of the kubelet. */
export interface HttpProbe extends ProbeTiming {
  path: string;
  initialDelaySeconds: number;
  successThreshold: number;
}

/** A folder that a container may write to: an emptyDir volume. */
export interface WritablePath {
  /** Name of the volume. */
  name: string;
  /** Folder in the container. */
  path: string;
  /** Size above which the pod is evicted, as a Kubernetes quantity. */
  sizeLimit: string;
}

/** Defaults of backend and frontend. */
export interface WebServiceDefaults {
  name: string;
  image: { repository: string; pullPolicy: "IfNotPresent" | "Never" | "Always" };
  port: number;
  replicas: number;
  resources: ContainerResources;
  service: {
    type: "ClusterIP" | "NodePort" | "LoadBalancer";
    port: number;
    nodePort: number | null;
  };
  probes: Record<"startup" | "liveness" | "readiness", HttpProbe>;
  terminationGracePeriodSeconds: number;
  preStopSeconds: number;
  writablePaths: WritablePath[];
  secretEnv: string[];
  serviceAccount: { create: boolean; name: string };
  autoscaling: { minReplicas: number; maxReplicas: number; targetCPUUtilizationPercentage: number };
}

/** Values of LOG_LEVEL. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** The part of the chart's values that the program uses too. */
interface ChartDefaults {
  labels: { app: string };
  configMap: { name: string; data: { LOG_LEVEL: (typeof logLevels)[number]; NODE_ENV: string } };
  secret: { name: string; keys: Record<string, string>; optional: string[] };
  rollout: {
    maxSurge: number;
    maxUnavailable: number;
    progressDeadlineSeconds: number;
    revisionHistoryLimit: number;
  };
  spread: { maxSkew: number; topologyKey: string; whenUnsatisfiable: string };
  securityContext: { runAsUser: number; runAsGroup: number; fsGroup: number };
  namespace: { podSecurity: string };
  ingress: { enabled: boolean; host: string; tls: { enabled: boolean } };
  migration: { resources: ContainerResources };
  networkPolicy: { database: { port: number } };
  backend: WebServiceDefaults;
  frontend: WebServiceDefaults;
  postgres: {
    name: string;
    image: string;
    pullPolicy: string;
    passwordKey: string;
    database: string;
    user: string;
    existingData: "refuse" | "keep" | "drop";
    runAsUser: number;
    port: number;
    dataPath: string;
    storage: string;
    resources: ContainerResources;
    probes: {
      startup: ProbeTiming;
      liveness: ProbeTiming;
      readiness: ProbeTiming & { command: string[] };
    };
    terminationGracePeriodSeconds: number;
    writablePaths: WritablePath[];
  };
}

const FOLDER = join(__dirname, "../helm/todo-app");

/**
 * The chart's default values. What chart and program share (a probe's path, a port, a size) is stated only
 * in values.yaml; the settings take their defaults from there. The chart's JSON schema guarantees the
 * types: `helm lint` validates values.yaml against it.
 */
export const chartDefaults = parse(
  readFileSync(join(FOLDER, "values.yaml"), "utf8"),
) as ChartDefaults;

/** The script by which the database's pod checks the data in its volume before PostgreSQL starts. */
export const POSTGRES_DATA_CHECK = readFileSync(
  join(FOLDER, "files/postgres/check-data.sh"),
  "utf8",
).replaceAll("\r\n", "\n");

/** The chart's name, and the version of the application. */
export const chart = parse(readFileSync(join(FOLDER, "Chart.yaml"), "utf8")) as {
  name: string;
  appVersion: string;
};
