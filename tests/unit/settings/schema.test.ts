import assert from "node:assert/strict";
import { settingsWith } from "../../support/fixtures";
import { at } from "../../support/values";

/** The figures of data model 004, by the key that holds each. */
const dataModel = {
  "backend.name": "todo-backend",
  "backend.image.name": "todo-backend",
  "backend.port": 7860,
  "backend.replicas": 2,
  "backend.resources": {
    requests: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "64Mi" },
    limits: { cpu: "500m", memory: "1Gi", "ephemeral-storage": "256Mi" },
  },
  "backend.selectorLabels": { app: "todo-app", component: "backend" },
  "backend.service.type": "ClusterIP",
  "backend.service.port": 7860,
  "backend.probes.liveness.initialDelaySeconds": 30,
  "backend.probes.liveness.periodSeconds": 10,
  "backend.probes.liveness.timeoutSeconds": 5,
  "backend.probes.liveness.failureThreshold": 3,
  "backend.probes.readiness.initialDelaySeconds": 10,
  "backend.probes.readiness.periodSeconds": 5,
  "backend.probes.readiness.timeoutSeconds": 3,
  "backend.probes.readiness.failureThreshold": 2,
  "frontend.name": "todo-frontend",
  "frontend.image.name": "todo-frontend",
  "frontend.port": 3000,
  "frontend.replicas": 2,
  "frontend.resources": {
    requests: { cpu: "100m", memory: "256Mi", "ephemeral-storage": "64Mi" },
    limits: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "512Mi" },
  },
  "frontend.selectorLabels": { app: "todo-app", component: "frontend" },
  "frontend.service.type": "NodePort",
  "frontend.service.port": 3000,
  "frontend.service.nodePort": 30080,
  "frontend.probes.liveness.path": "/api/health",
  "frontend.probes.liveness.initialDelaySeconds": 30,
  "frontend.probes.liveness.periodSeconds": 10,
  "frontend.probes.liveness.timeoutSeconds": 5,
  "frontend.probes.liveness.failureThreshold": 3,
  "frontend.probes.readiness.initialDelaySeconds": 10,
  "frontend.probes.readiness.periodSeconds": 5,
  "frontend.probes.readiness.timeoutSeconds": 3,
  "frontend.probes.readiness.failureThreshold": 2,
  "configMap.name": "todo-config",
  "configMap.logLevel": "info",
  "secrets.name": "todo-secrets",
  "chart.path": "./helm/todo-app",
  "chart.releaseName": "todo-app",
  version: "1.0.0",
  labels: { app: "todo-app" },
};

/** Defaults that the data models leave open. */
const ours = {
  environment: "development",
  context: "minikube",
  kubeconfig: "",
  allowedContexts: [],
  namespace: "todo-app",
  namespaceCreate: true,
  workloads: "pulumi",
  minikube: {
    driver: "docker",
    cpus: 4,
    memory: 4096,
    addons: ["ingress", "metrics-server", "dashboard"],
    containerRuntime: "docker",
    publishPorts: [],
  },
  images: { delivery: "auto", pullPolicy: "IfNotPresent", runAsUser: 10001, pullSecrets: [] },
  "backend.image": {
    name: "todo-backend",
    context: "docker/backend",
    dockerfile: "docker/backend/Dockerfile",
    args: {},
  },
  "backend.service.nodePort": null,
  "backend.probes.startup": {
    path: "/health/live",
    initialDelaySeconds: 0,
    periodSeconds: 5,
    timeoutSeconds: 2,
    failureThreshold: 6,
  },
  "backend.probes.liveness.path": "/health/live",
  "backend.probes.readiness.path": "/health/ready",
  "backend.preStopSeconds": 5,
  "backend.terminationGracePeriodSeconds": 30,
  "backend.writablePaths": [{ name: "tmp", path: "/tmp", sizeLimit: "64Mi" }],
  "backend.secretEnv": ["DATABASE_URL", "COHERE_API_KEY", "BETTER_AUTH_SECRET", "JWT_SECRET"],
  "backend.env": {},
  "backend.autoscaling": {
    enabled: false,
    minReplicas: 2,
    maxReplicas: 5,
    targetCPUUtilizationPercentage: 70,
  },
  "frontend.image": {
    name: "todo-frontend",
    context: "docker/frontend",
    dockerfile: "docker/frontend/Dockerfile",
    args: {},
  },
  "frontend.probes.startup": {
    path: "/api/health",
    initialDelaySeconds: 0,
    periodSeconds: 5,
    timeoutSeconds: 2,
    failureThreshold: 6,
  },
  "frontend.probes.readiness.path": "/api/ready",
  "frontend.preStopSeconds": 5,
  "frontend.terminationGracePeriodSeconds": 30,
  "frontend.writablePaths": [
    { name: "tmp", path: "/tmp", sizeLimit: "64Mi" },
    { name: "next-cache", path: "/app/.next/cache", sizeLimit: "128Mi" },
  ],
  "frontend.secretEnv": [],
  "frontend.env": {},
  "frontend.autoscaling": {
    enabled: false,
    minReplicas: 2,
    maxReplicas: 5,
    targetCPUUtilizationPercentage: 70,
  },
  rollout: {
    maxSurge: 1,
    maxUnavailable: 0,
    timeoutSeconds: 120,
    progressDeadlineSeconds: 90,
    revisionHistoryLimit: 3,
  },
  "configMap.immutable": true,
  "configMap.data": {},
  "secrets.immutable": true,
  "secrets.keys": {
    DATABASE_URL: "DATABASE_URL",
    COHERE_API_KEY: "COHERE_API_KEY",
    BETTER_AUTH_SECRET: "BETTER_AUTH_SECRET",
    JWT_SECRET: "JWT_SECRET",
    BETTER_AUTH_URL: "BETTER_AUTH_URL",
  },
  postgres: {
    name: "todo-postgres",
    image: "postgres:18.4",
    runAsUser: 10001,
    existingData: "refuse",
    database: "todo",
    user: "todo",
    storage: "1Gi",
    resources: {
      requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "64Mi" },
      limits: { cpu: "500m", memory: "512Mi", "ephemeral-storage": "256Mi" },
    },
  },
  "chart.timeoutSeconds": 240,
  "chart.maxHistory": 5,
  "chart.values": {},
  databaseUrl: "",
  cohereApiKey: "",
  betterAuthSecret: "",
  jwtSecret: "",
  registryPassword: "",
};

/** Paths of all values that have nothing below them. */
function leaves(value: unknown, path = ""): string[] {
  const below = typeof value === "object" && value !== null ? Object.entries(value) : [];
  if (below.length === 0 || Array.isArray(value)) return [path];
  return below.flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
}

describe("settings: defaults", () => {
  const settings = settingsWith();

  it("are data model 004's where it has a figure", () => {
    for (const [path, figure] of Object.entries(dataModel)) {
      assert.deepEqual(at(settings, path), figure, path);
    }
  });

  it("are these where it has none", () => {
    for (const [path, value] of Object.entries(ours)) {
      assert.deepEqual(at(settings, path), value, path);
    }
  });

  it("are all asserted here", () => {
    const asserted = Object.keys({ ...dataModel, ...ours });
    const left = leaves(settings).filter(
      (leaf) => !asserted.some((path) => leaf === path || leaf.startsWith(`${path}.`)),
    );
    assert.deepEqual(left, []);
  });

  it("stay for the rest of an object of which one key is set", () => {
    const { backend } = settingsWith({ backend: { probes: { liveness: { periodSeconds: 20 } } } });
    assert.deepEqual(backend, {
      ...settings.backend,
      probes: {
        ...settings.backend.probes,
        liveness: { ...settings.backend.probes.liveness, periodSeconds: 20 },
      },
    });
  });
});
