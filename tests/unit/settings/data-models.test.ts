import assert from "node:assert/strict";
import { podTemplate } from "../../../components/web-service-pod";
import type { Settings } from "../../../components/settings";
import { fakeSecrets, settingsWith } from "../support/fixtures";
import { at } from "../support/values";

const limits = (cpu: string, memory: string) => ({ cpu, memory });

/** One probe's path for all three. */
const probes = (path: string, ready = path) => ({
  startup: { path },
  liveness: { path },
  readiness: { path: ready },
});

/** The four other data models: the settings that express each, and what must come out of them. */
const models: Record<string, { settings: Record<string, unknown>; expected: object }> = {
  "000": {
    settings: {
      ...{ environment: "production", ...fakeSecrets },
      frontend: {
        service: { port: 80, nodePort: 30080 },
        probes: {
          ...probes("/health"),
          liveness: { path: "/health", initialDelaySeconds: 30, periodSeconds: 10 },
        },
        resources: { requests: limits("100m", "128Mi"), limits: limits("200m", "256Mi") },
      },
      configMap: { name: "app-config", immutable: false, data: { ENVIRONMENT: "development" } },
      secrets: { name: "app-secrets", keys: { JWT_SECRET: "JWT_SECRET_KEY" } },
    },
    expected: {
      "frontend.service.type": "NodePort",
      "frontend.service.port": 80,
      "frontend.port": 3000,
      "frontend.service.nodePort": 30080,
      "frontend.replicas": 2,
      "frontend.resources.limits.memory": "256Mi",
      "frontend.probes.readiness.path": "/health",
      "configMap.name": "app-config",
      "configMap.data.ENVIRONMENT": "development",
      "secrets.keys.JWT_SECRET": "JWT_SECRET_KEY",
      "images.pullPolicy": "IfNotPresent",
      "minikube.addons": ["ingress", "metrics-server", "dashboard"],
    },
  },
  "001": {
    settings: {
      version: "0.1.0",
      labels: { app: "todo-chatbot" },
      backend: {
        name: "todo-chatbot-backend",
        image: { name: "todo-chatbot-backend" },
        selectorLabels: { app: "todo-chatbot-backend" },
        port: 8000,
        service: { port: 8000 },
        probes: {
          startup: { path: "/health" },
          liveness: { path: "/health", initialDelaySeconds: 10, periodSeconds: 10 },
          readiness: { path: "/ready", initialDelaySeconds: 5, periodSeconds: 5 },
        },
        resources: { requests: limits("200m", "256Mi"), limits: limits("1000m", "1Gi") },
      },
      frontend: {
        name: "todo-chatbot-frontend",
        image: { name: "todo-chatbot-frontend" },
        selectorLabels: { app: "todo-chatbot-frontend" },
        service: { type: "LoadBalancer", port: 80, nodePort: null },
        probes: { liveness: { initialDelaySeconds: 10 }, readiness: { initialDelaySeconds: 5 } },
        resources: { requests: limits("100m", "128Mi"), limits: limits("500m", "512Mi") },
      },
      configMap: {
        name: "todo-chatbot-config",
        data: { PYTHON_ENV: "production", FRONTEND_URL: "http://localhost:3000" },
      },
      secrets: { name: "todo-chatbot-secrets" },
      chart: { releaseName: "todo-chatbot" },
    },
    expected: {
      "backend.name": "todo-chatbot-backend",
      "backend.image.name": "todo-chatbot-backend",
      "backend.selectorLabels": { app: "todo-chatbot-backend" },
      "backend.port": 8000,
      "backend.service.type": "ClusterIP",
      "backend.service.port": 8000,
      "backend.probes.readiness.path": "/ready",
      "backend.probes.readiness.initialDelaySeconds": 5,
      "backend.resources.limits.cpu": "1000m",
      "frontend.port": 3000,
      "frontend.service.type": "LoadBalancer",
      "frontend.service.port": 80,
      "frontend.probes.liveness.path": "/api/health",
      "frontend.probes.readiness.path": "/api/ready",
      "frontend.replicas": 2,
      "rollout.maxSurge": 1,
      "rollout.maxUnavailable": 0,
    },
  },
  "002": {
    settings: {
      version: "3.0.0",
      images: { pullPolicy: "Always" },
      backend: {
        replicas: 1,
        terminationGracePeriodSeconds: 10,
        resources: { requests: limits("250m", "256Mi"), limits: limits("500m", "512Mi") },
        probes: {
          startup: { periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 6 },
          liveness: { periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3 },
          readiness: { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
        },
      },
      frontend: {
        replicas: 1,
        terminationGracePeriodSeconds: 10,
        service: { type: "LoadBalancer" },
      },
    },
    expected: {
      "backend.replicas": 1,
      "backend.port": 7860,
      "backend.probes.startup.path": "/health/live",
      "backend.probes.liveness.path": "/health/live",
      "backend.probes.liveness.timeoutSeconds": 2,
      "backend.probes.readiness.path": "/health/ready",
      "backend.probes.readiness.timeoutSeconds": 5,
      "backend.terminationGracePeriodSeconds": 10,
      "frontend.service.type": "LoadBalancer",
      "frontend.service.port": 3000,
      "frontend.probes.liveness.path": "/api/health",
      namespace: "todo-app",
      "images.pullPolicy": "Always",
    },
  },
  "003": {
    settings: {
      version: "1.0.0",
      context: "local-dev",
      minikube: { cpus: 2, memory: 4096 },
      images: { registry: { server: "registry.example:5000/todo" } },
      backend: {
        name: "todo-backend-deployment",
        image: { name: "todo-backend" },
        service: { name: "todo-backend-service" },
      },
      frontend: {
        name: "todo-frontend-deployment",
        image: { name: "todo-frontend" },
        service: { name: "todo-frontend-service", type: "NodePort" },
      },
    },
    expected: {
      context: "local-dev",
      "backend.name": "todo-backend-deployment",
      "backend.service.name": "todo-backend-service",
      "backend.image.name": "todo-backend",
      "frontend.service.name": "todo-frontend-service",
      "images.registry.server": "registry.example:5000/todo",
      "chart.releaseName": "todo-app",
    },
  },
};

/** The pods of a web service. */
function pods(settings: Settings, component: "backend" | "frontend") {
  return podTemplate({
    component,
    settings,
    service: settings[component],
    namespace: settings.namespace,
    image: "image:1",
    configMapName: "config",
    secretName: "secret",
    podAnnotations: {},
  });
}

describe("settings: data models", () => {
  for (const [model, { settings: given, expected }] of Object.entries(models)) {
    it(`express model ${model}`, () => {
      const settings = settingsWith(given);
      for (const [path, value] of Object.entries(expected)) {
        assert.deepEqual(at(settings, path), value, path);
      }
    });

    it(`carry model ${model} into the pods`, () => {
      const settings = settingsWith(given);
      for (const component of ["backend", "frontend"] as const) {
        const { metadata, spec } = pods(settings, component);
        const [container] = spec.containers;
        const service = settings[component];
        for (const [label, value] of Object.entries(service.selectorLabels)) {
          assert.equal(at(metadata.labels, label), value);
        }
        assert.equal(container?.ports[0]?.containerPort, service.port);
        assert.equal(container.readinessProbe.httpGet.path, service.probes.readiness.path);
        assert.equal(container.readinessProbe.httpGet.port, service.port);
        assert.deepEqual(container.resources, service.resources);
        assert.equal(container.imagePullPolicy, settings.images.pullPolicy);
        assert.equal(spec.terminationGracePeriodSeconds, service.terminationGracePeriodSeconds);
      }
    });
  }

  it("carry a renamed key of the Secret into the backend's environment", () => {
    const settings = settingsWith(models["000"]?.settings);
    const env = pods(settings, "backend").spec.containers[0]?.env ?? [];
    assert.deepEqual(
      env.find(({ name }) => name === "JWT_SECRET"),
      {
        name: "JWT_SECRET",
        valueFrom: { secretKeyRef: { name: "secret", key: "JWT_SECRET_KEY" } },
      },
    );
  });
});
