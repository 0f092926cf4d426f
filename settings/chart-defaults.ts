import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** CPU, memory and disk of a container, as quantities of Kubernetes. */
export interface Resources {
  requests: Amounts;
  limits: Amounts;
}

interface Amounts {
  cpu: string;
  memory: string;
  "ephemeral-storage": string;
}

interface Timing {
  periodSeconds: number;
  timeoutSeconds: number;
  failureThreshold: number;
}

interface WritablePath {
  name: string;
  path: string;
  sizeLimit: string;
}

/** What backend and frontend have by default. */
export interface WebServiceDefaults {
  name: string;
  image: { repository: string; pullPolicy: "IfNotPresent" | "Never" | "Always" };
  port: number;
  replicas: number;
  resources: Resources;
  service: {
    type: "ClusterIP" | "NodePort" | "LoadBalancer";
    port: number;
    nodePort: number | null;
  };
  probes: Record<
    "startup" | "liveness" | "readiness",
    Timing & { path: string; initialDelaySeconds: number; successThreshold: number }
  >;
  terminationGracePeriodSeconds: number;
  preStopSeconds: number;
  writablePaths: WritablePath[];
  secretEnv: string[];
  serviceAccount: { create: boolean; name: string };
  autoscaling: { minReplicas: number; maxReplicas: number; targetCPUUtilizationPercentage: number };
}

/** What LOG_LEVEL may be. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal"] as const;

/** As much of the chart's values as the program has too. */
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
    runAsUser: number;
    port: number;
    dataPath: string;
    storage: string;
    resources: Resources;
    probes: { startup: Timing; liveness: Timing; readiness: Timing & { command: string[] } };
    terminationGracePeriodSeconds: number;
    writablePaths: WritablePath[];
  };
}

const folder = join(__dirname, "../helm/todo-app");

/**
 * The chart's own defaults. What stands in the chart and in the program alike (a probe's path, a port, a
 * size) stands in values.yaml alone; the program's settings start from there. The chart's schema vouches
 * for the types: `helm lint` holds values.yaml to it.
 */
export const chartDefaults = parse(
  readFileSync(join(folder, "values.yaml"), "utf8"),
) as ChartDefaults;

/** The chart's name, and the version of the application that it is made for. */
export const chart = parse(readFileSync(join(folder, "Chart.yaml"), "utf8")) as {
  name: string;
  appVersion: string;
};
