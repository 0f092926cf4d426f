/**
 * The five data models that this chart comes from differ in names, ports, sizes, probes and Service
 * types. Values alone have to be enough to get each of them; those that describe a chart have a file of
 * values in the chart's folder ci/.
 */
import assert from "node:assert/strict";
import { at } from "../../lib/pulumi/values";
import type { Manifest, Values } from "../support/chart/helm";
import { chartFile, find, render } from "../support/chart/helm";

interface Side {
  readonly name: string;
  readonly selector: Record<string, string>;
  readonly image: string;
  readonly pullPolicy?: string;
  readonly replicas: number;
  readonly resources: unknown;
  /** Container port, Service port, Service type. */
  readonly ports: readonly [number, number, string];
  /** Paths of startup, liveness and readiness. */
  readonly paths: readonly [string, string, string];
  /** Of liveness and readiness: initial delay, period; timeout and failures where the model has them. */
  readonly timing?: readonly (readonly [number, number, number?, number?])[];
  readonly gracePeriod?: number;
}

interface Model {
  readonly values: Values;
  readonly backend: Side;
  readonly frontend: Side;
  /** Further figures of the model: path in the object -> value. */
  readonly others?: readonly (readonly [
    kind: string,
    name: string,
    path: string,
    value: unknown,
  ])[];
}

const size = (requests: [string, string], limits: [string, string]) => ({
  requests: { cpu: requests[0], memory: requests[1] },
  limits: { cpu: limits[0], memory: limits[1] },
});
const probes = (path: string) => ({
  startup: { path },
  liveness: { path },
  readiness: { path },
});
const app = (component: string) => ({ app: "todo-app", component });
const file = (name: string) => chartFile(`ci/${name}-values.yaml`) as Values;

const SMALL = size(["100m", "128Mi"], ["200m", "256Mi"]);
const BACKEND = size(["250m", "512Mi"], ["500m", "1Gi"]);
const FRONTEND = size(["100m", "256Mi"], ["250m", "512Mi"]);

const MODELS: Readonly<Record<string, Model>> = {
  "000: one path for all probes, Service port 80": {
    values: {
      secret: { keys: { JWT_SECRET_KEY: "JWT_SECRET_KEY" } },
      backend: {
        resources: SMALL,
        probes: probes("/health"),
        secretEnv: ["DATABASE_URL", "COHERE_API_KEY", "BETTER_AUTH_SECRET", "JWT_SECRET_KEY"],
      },
      frontend: { resources: SMALL, service: { port: 80 } },
    },
    backend: {
      name: "todo-backend",
      selector: app("backend"),
      image: "todo-backend:1.0.0",
      replicas: 2,
      resources: SMALL,
      ports: [7860, 7860, "ClusterIP"],
      paths: ["/health", "/health", "/health"],
    },
    frontend: {
      name: "todo-frontend",
      selector: app("frontend"),
      image: "todo-frontend:1.0.0",
      replicas: 2,
      resources: SMALL,
      ports: [3000, 80, "NodePort"],
      paths: ["/api/health", "/api/health", "/api/ready"],
    },
  },
  "001: todo-chatbot 0.1.0, selected by app alone, port 8000": {
    values: file("001-todo-chatbot"),
    backend: {
      name: "todo-chatbot-backend",
      selector: { app: "todo-chatbot-backend" },
      image: "todo-chatbot-backend:0.1.0",
      replicas: 2,
      resources: size(["200m", "256Mi"], ["1000m", "1Gi"]),
      ports: [8000, 8000, "ClusterIP"],
      paths: ["/health/live", "/health", "/ready"],
      timing: [
        [10, 10],
        [5, 5],
      ],
    },
    frontend: {
      name: "todo-chatbot-frontend",
      selector: { app: "todo-chatbot-frontend" },
      image: "todo-chatbot-frontend:0.1.0",
      replicas: 2,
      resources: size(["100m", "128Mi"], ["500m", "512Mi"]),
      ports: [3000, 80, "NodePort"],
      paths: ["/api/health", "/api/health", "/api/ready"],
      timing: [
        [10, 10],
        [5, 5],
      ],
    },
    others: [
      ["Deployment", "todo-chatbot-backend", "spec.strategy.rollingUpdate.maxUnavailable", 0],
      ["Deployment", "todo-chatbot-backend", "spec.strategy.rollingUpdate.maxSurge", 1],
      ["ConfigMap", "todo-chatbot-config", "data.BACKEND_URL", "http://todo-chatbot-backend:8000"],
      ["ConfigMap", "todo-chatbot-config", "data.FRONTEND_URL", "http://localhost:3000"],
      ["ConfigMap", "todo-chatbot-config", "data.LOG_LEVEL", "info"],
      ["ConfigMap", "todo-chatbot-config", "data.NODE_ENV", "production"],
      ["ConfigMap", "todo-chatbot-config", "data.PYTHON_ENV", "production"],
      [
        "Secret",
        "todo-chatbot-secrets",
        "keys",
        ["BETTER_AUTH_SECRET", "DATABASE_URL", "JWT_SECRET"],
      ],
    ],
  },
  "002: application 3.0.0, one pod each, LoadBalancer, user 1000": {
    values: file("002-todo-app"),
    backend: {
      name: "todo-backend",
      selector: app("backend"),
      image: "todo-backend:3.0.0",
      pullPolicy: "IfNotPresent",
      replicas: 1,
      resources: size(["250m", "256Mi"], ["500m", "512Mi"]),
      ports: [7860, 7860, "ClusterIP"],
      paths: ["/health/live", "/health/live", "/health/ready"],
      timing: [
        [0, 10, 2, 3],
        [0, 5, 5, 3],
      ],
      gracePeriod: 10,
    },
    frontend: {
      name: "todo-frontend",
      selector: app("frontend"),
      image: "todo-frontend:3.0.0",
      pullPolicy: "IfNotPresent",
      replicas: 1,
      resources: FRONTEND,
      ports: [3000, 3000, "LoadBalancer"],
      paths: ["/api/health", "/api/health", "/api/ready"],
      timing: [
        [0, 10, 2, 3],
        [0, 5, 5, 3],
      ],
      gracePeriod: 10,
    },
    others: [
      ["Deployment", "todo-backend", "metadata.labels.version", "3.0.0"],
      ["Deployment", "todo-backend", "spec.template.spec.securityContext.runAsUser", 1000],
      [
        "Deployment",
        "todo-backend",
        "spec.template.spec.containers.0.startupProbe.failureThreshold",
        6,
      ],
    ],
  },
  "003: Deployments and Services with names of their own": {
    values: {
      backend: { name: "todo-backend-deployment", service: { name: "todo-backend" } },
      frontend: {
        name: "todo-frontend-deployment",
        service: { name: "todo-frontend", type: "ClusterIP" },
      },
    },
    backend: {
      name: "todo-backend-deployment",
      selector: app("backend"),
      image: "todo-backend:1.0.0",
      replicas: 2,
      resources: BACKEND,
      ports: [7860, 7860, "ClusterIP"],
      paths: ["/health/live", "/health/live", "/health/ready"],
    },
    frontend: {
      name: "todo-frontend-deployment",
      selector: app("frontend"),
      image: "todo-frontend:1.0.0",
      replicas: 2,
      resources: FRONTEND,
      ports: [3000, 3000, "ClusterIP"],
      paths: ["/api/health", "/api/health", "/api/ready"],
    },
  },
  "004: todo-app 1.0.0, keys of the Secret with dashes, pull policy Never": {
    values: file("004-todo-app"),
    backend: {
      name: "todo-backend",
      selector: app("backend"),
      image: "todo-backend:1.0.0",
      pullPolicy: "Never",
      replicas: 2,
      resources: BACKEND,
      ports: [7860, 7860, "ClusterIP"],
      paths: ["/health", "/health", "/health"],
      timing: [
        [30, 10, 5, 3],
        [10, 5, 3, 2],
      ],
    },
    frontend: {
      name: "todo-frontend",
      selector: app("frontend"),
      image: "todo-frontend:1.0.0",
      pullPolicy: "Never",
      replicas: 2,
      resources: FRONTEND,
      ports: [3000, 3000, "NodePort"],
      paths: ["/api/health", "/api/health", "/api/health"],
      timing: [
        [30, 10, 5, 3],
        [10, 5, 3, 2],
      ],
    },
    others: [
      ["Service", "todo-frontend", "spec.ports.0.nodePort", 30080],
      ["ConfigMap", "todo-config", "data.BACKEND_URL", "http://todo-backend:7860"],
      ["ConfigMap", "todo-config", "data.FRONTEND_URL", "http://todo-frontend:3000"],
      ["ConfigMap", "todo-config", "data.LOG_LEVEL", "info"],
      ["Secret", "todo-secrets", "keys", ["better-auth-secret", "database-url", "jwt-secret"]],
    ],
  },
};

/** What a side of a model has in the rendered objects. */
function sideOf(objects: readonly Manifest[], side: Side) {
  const deployment = find(objects, "Deployment", side.name);
  const pod = at(deployment, "spec.template.spec");
  const container = at(pod, "containers.0");
  const service = objects.find(
    ({ kind, spec }) =>
      kind === "Service" && JSON.stringify(at(spec, "selector")) === JSON.stringify(side.selector),
  );
  const amount = (kind: string) => ({
    cpu: at(container, `resources.${kind}.cpu`),
    memory: at(container, `resources.${kind}.memory`),
  });
  const timing = (probe: string, given: readonly unknown[]) =>
    ["initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold"]
      .slice(0, given.length)
      .map((key) => at(container, `${probe}Probe.${key}`));
  return {
    name: side.name,
    selector: at(deployment, "spec.selector.matchLabels"),
    image: at(container, "image"),
    ...(side.pullPolicy !== undefined && { pullPolicy: at(container, "imagePullPolicy") }),
    replicas: at(deployment, "spec.replicas"),
    resources: { requests: amount("requests"), limits: amount("limits") },
    ports: [
      at(container, "ports.0.containerPort"),
      at(service, "spec.ports.0.port"),
      at(service, "spec.type"),
    ],
    paths: ["startup", "liveness", "readiness"].map((probe) =>
      at(container, `${probe}Probe.httpGet.path`),
    ),
    ...(side.timing && {
      timing: ["liveness", "readiness"].map((probe, index) =>
        timing(probe, side.timing?.[index] ?? []),
      ),
    }),
    ...(side.gracePeriod !== undefined && {
      gracePeriod: at(pod, "terminationGracePeriodSeconds"),
    }),
  };
}

describe("chart: the data models", () => {
  for (const [name, model] of Object.entries(MODELS)) {
    it(name, async () => {
      const objects = await render(model.values);
      for (const side of [model.backend, model.frontend]) {
        assert.deepEqual(sideOf(objects, side), side);
        const policy = find(objects, "NetworkPolicy", side.name);
        assert.deepEqual(at(policy, "spec.podSelector.matchLabels"), side.selector);
      }
      for (const [kind, object, path, value] of model.others ?? []) {
        const found = find(objects, kind, object);
        const inside =
          path === "keys" ? Object.keys(at(found, "stringData") ?? {}).sort() : at(found, path);
        assert.deepEqual(inside, value, `${kind} ${object}: ${path}`);
      }
    });
  }
});
