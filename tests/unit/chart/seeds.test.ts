/**
 * The five data models that this chart comes from differ in names, ports, sizes, probes and Service
 * types. Values alone have to be enough to get each of them.
 */
import assert from "node:assert/strict";
import { at, find, render } from "./helm";
import type { Values } from "./helm";

interface Side {
  readonly name: string;
  readonly selector: Record<string, string>;
  readonly image: string;
  readonly replicas: number;
  readonly resources: unknown;
  /** Container port, Service port, Service type. */
  readonly ports: readonly [number, number, string];
  /** Paths of startup, liveness and readiness. */
  readonly paths: readonly [string, string, string];
}

interface Model {
  readonly values: Values;
  readonly backend: Side;
  readonly frontend: Side;
}

const size = (requests: [string, string], limits: [string, string]) => ({
  requests: { cpu: requests[0], memory: requests[1] },
  limits: { cpu: limits[0], memory: limits[1] },
});
const probes = (startup: string, liveness: string, readiness: string, timing = {}) => ({
  startup: { path: startup },
  liveness: { path: liveness, ...timing },
  readiness: { path: readiness },
});
const app = (component: string) => ({ app: "todo-app", component });

const SMALL = size(["100m", "128Mi"], ["200m", "256Mi"]);
const BACKEND = size(["250m", "512Mi"], ["500m", "1Gi"]);
const FRONTEND = size(["100m", "256Mi"], ["250m", "512Mi"]);

const MODELS: Readonly<Record<string, Model>> = {
  "000: one path for all probes, Service port 80": {
    values: {
      secret: { keys: { JWT_SECRET_KEY: "JWT_SECRET_KEY" } },
      backend: {
        resources: SMALL,
        probes: probes("/health", "/health", "/health"),
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
    values: {
      nameOverride: "todo-chatbot",
      labels: { app: "todo-chatbot" },
      version: "0.1.0",
      configMap: { name: "todo-chatbot-config" },
      secret: { name: "todo-chatbot-secrets" },
      backend: {
        name: "todo-chatbot-backend",
        selectorLabels: { app: "todo-chatbot-backend" },
        image: { repository: "todo-chatbot-backend", tag: "0.1.0" },
        port: 8000,
        resources: size(["200m", "256Mi"], ["1000m", "1Gi"]),
        service: { port: 8000 },
        probes: probes("/health", "/health", "/ready", { initialDelaySeconds: 10 }),
      },
      frontend: {
        name: "todo-chatbot-frontend",
        selectorLabels: { app: "todo-chatbot-frontend" },
        image: { repository: "todo-chatbot-frontend", tag: "0.1.0" },
        resources: size(["100m", "128Mi"], ["500m", "512Mi"]),
        service: { type: "LoadBalancer", port: 80, nodePort: null },
      },
    },
    backend: {
      name: "todo-chatbot-backend",
      selector: { app: "todo-chatbot-backend" },
      image: "todo-chatbot-backend:0.1.0",
      replicas: 2,
      resources: size(["200m", "256Mi"], ["1000m", "1Gi"]),
      ports: [8000, 8000, "ClusterIP"],
      paths: ["/health", "/health", "/ready"],
    },
    frontend: {
      name: "todo-chatbot-frontend",
      selector: { app: "todo-chatbot-frontend" },
      image: "todo-chatbot-frontend:0.1.0",
      replicas: 2,
      resources: size(["100m", "128Mi"], ["500m", "512Mi"]),
      ports: [3000, 80, "LoadBalancer"],
      paths: ["/api/health", "/api/health", "/api/ready"],
    },
  },
  "002: application 3.0.0, one pod each, LoadBalancer, user 1000": {
    values: {
      version: "3.0.0",
      securityContext: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 },
      backend: {
        replicas: 1,
        resources: size(["250m", "256Mi"], ["500m", "512Mi"]),
        terminationGracePeriodSeconds: 10,
      },
      frontend: {
        replicas: 1,
        service: { type: "LoadBalancer" },
        terminationGracePeriodSeconds: 10,
      },
    },
    backend: {
      name: "todo-backend",
      selector: app("backend"),
      image: "todo-backend:1.0.0",
      replicas: 1,
      resources: size(["250m", "256Mi"], ["500m", "512Mi"]),
      ports: [7860, 7860, "ClusterIP"],
      paths: ["/health/live", "/health/live", "/health/ready"],
    },
    frontend: {
      name: "todo-frontend",
      selector: app("frontend"),
      image: "todo-frontend:1.0.0",
      replicas: 1,
      resources: FRONTEND,
      ports: [3000, 3000, "LoadBalancer"],
      paths: ["/api/health", "/api/health", "/api/ready"],
    },
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
  "004: keys of the Secret with dashes, pull policy Never": {
    values: {
      secret: {
        keys: {
          DATABASE_URL: "database-url",
          COHERE_API_KEY: "cohere-api-key",
          BETTER_AUTH_SECRET: "better-auth-secret",
        },
      },
      backend: {
        image: { pullPolicy: "Never" },
        probes: probes("/health", "/health", "/health"),
        secretEnv: ["DATABASE_URL", "COHERE_API_KEY", "BETTER_AUTH_SECRET"],
      },
      frontend: {
        image: { pullPolicy: "Never" },
        probes: probes("/api/health", "/api/health", "/api/health"),
        env: { NEXT_PUBLIC_API_URL: "http://todo-backend:7860" },
      },
    },
    backend: {
      name: "todo-backend",
      selector: app("backend"),
      image: "todo-backend:1.0.0",
      replicas: 2,
      resources: BACKEND,
      ports: [7860, 7860, "ClusterIP"],
      paths: ["/health", "/health", "/health"],
    },
    frontend: {
      name: "todo-frontend",
      selector: app("frontend"),
      image: "todo-frontend:1.0.0",
      replicas: 2,
      resources: FRONTEND,
      ports: [3000, 3000, "NodePort"],
      paths: ["/api/health", "/api/health", "/api/health"],
    },
  },
};

describe("chart: the data models", () => {
  for (const [name, model] of Object.entries(MODELS)) {
    it(name, async () => {
      const objects = await render(model.values);
      for (const side of [model.backend, model.frontend]) {
        const deployment = find(objects, "Deployment", side.name);
        const container = at(deployment, "spec.template.spec.containers.0");
        const service = objects.find(
          ({ kind, spec }) =>
            kind === "Service" &&
            JSON.stringify(at(spec, "selector")) === JSON.stringify(side.selector),
        );
        assert.ok(service, `no Service selects ${JSON.stringify(side.selector)}`);
        assert.deepEqual(at(deployment, "spec.selector.matchLabels"), side.selector);
        assert.deepEqual(
          {
            image: at(container, "image"),
            replicas: at(deployment, "spec.replicas"),
            resources: at(container, "resources"),
            ports: [
              at(container, "ports.0.containerPort"),
              at(service, "spec.ports.0.port"),
              at(service, "spec.type"),
            ],
            paths: ["startup", "liveness", "readiness"].map((probe) =>
              at(container, `${probe}Probe.httpGet.path`),
            ),
          },
          {
            image: side.image,
            replicas: side.replicas,
            resources: side.resources,
            ports: side.ports,
            paths: side.paths,
          },
        );
        const policy = find(objects, "NetworkPolicy", side.name);
        assert.deepEqual(at(policy, "spec.podSelector.matchLabels"), side.selector);
      }
    });
  }
});
