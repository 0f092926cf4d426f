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
  networkPolicy: {
    database: { inCluster: false, cidrs: ["203.0.113.0/24"], exceptCidrs: ["203.0.113.8/29"] },
  },
};

/** As it comes: the chart makes the workloads, the database is in the cluster. */
export const DEFAULTS: Values = {};

/** The Pulumi program's default: it owns Deployments and Services. */
export const AROUND: Values = { workloads: { create: false } };
