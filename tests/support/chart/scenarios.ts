/** Values that between them switch on everything the chart can make. */
import type { Values } from "./helm";

/** Everything optional on; the database outside the cluster. */
export const EVERYTHING: Values = {
  annotations: { "example.org/chart-hash": "abc" },
  podAnnotations: { "example.org/roll": "1" },
  imagePullSecrets: [{ name: "pull-secret" }],
  backend: {
    autoscaling: { enabled: true },
    service: { type: "NodePort", nodePort: 30081 },
    env: { LOG_FORMAT: "json" },
  },
  frontend: { autoscaling: { enabled: true }, service: { type: "LoadBalancer" } },
  ingress: { enabled: true, tls: { enabled: true } },
  monitoring: { serviceMonitor: { enabled: true }, rules: { enabled: true } },
  networkPolicy: {
    database: { inCluster: false, cidrs: ["203.0.113.0/24"], exceptCidrs: ["203.0.113.8/29"] },
  },
};

/** As it comes: the chart makes the workloads, the database is in the cluster. */
export const DEFAULTS: Values = {};

/** All of it in the release: namespace, Secret and database too. */
export const COMPLETE: Values = {
  namespace: { name: "todo", create: true },
  secret: { existingSecret: "", generate: ["BETTER_AUTH_SECRET", "JWT_SECRET"] },
  postgres: { enabled: true, storageClass: "standard" },
};

/** What a Secret of the chart's own needs, as the backend takes it. */
export const SECRETS = {
  DATABASE_URL: "postgresql://todo@database/todo",
  BETTER_AUTH_SECRET: "b".repeat(32),
  JWT_SECRET: "j".repeat(32),
};

/** A database in the release, and every secret by value. */
export const GIVEN: Values = {
  secret: {
    existingSecret: "",
    values: SECRETS,
  },
  postgres: { enabled: true, existingSecret: "database-password" },
};

/** The files of values that come with the chart. */
export const FILES = [
  "values/dev.yaml",
  "values/prod.yaml",
  "ci/001-todo-chatbot-values.yaml",
  "ci/002-todo-app-values.yaml",
  "ci/004-todo-app-values.yaml",
];

/** The Pulumi program's default: it owns Deployments and Services. */
export const AROUND: Values = { workloads: { create: false } };
