import assert from "node:assert/strict";
import { at } from "../../lib/pulumi/values";
import type { Manifest } from "../support/chart/helm";
import { find, names, render } from "../support/chart/helm";

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string };
}

describe("chart: monitoring", () => {
  let objects: Manifest[];
  before(async () => {
    objects = await render({
      backend: { autoscaling: { enabled: true } },
      monitoring: {
        serviceMonitor: { enabled: true, labels: { release: "prometheus" } },
        rules: { enabled: true, labels: { release: "prometheus" }, restarts: 5 },
      },
    });
  });

  it("is left out by default", async () => {
    const kinds = (await render()).map(({ kind }) => kind);
    assert.ok(!kinds.includes("ServiceMonitor") && !kinds.includes("PrometheusRule"));
  });

  it("reads the backend's metrics through its Service, and opens the way for that", () => {
    const monitor = find(objects, "ServiceMonitor", "todo-backend");
    assert.equal(monitor.metadata.labels.release, "prometheus");
    assert.deepEqual(at(monitor, "spec.endpoints"), [
      { port: "http", path: "/metrics", interval: "30s", scrapeTimeout: "10s" },
    ]);
    const service = find(objects, "Service", "todo-backend");
    for (const [key, value] of Object.entries(
      at(monitor, "spec.selector.matchLabels") as Record<string, string>,
    )) {
      assert.equal(service.metadata.labels[key], value, key);
    }
    const ingress = at(find(objects, "NetworkPolicy", "todo-backend"), "spec.ingress") as unknown[];
    assert.deepEqual(ingress.at(-1), {
      from: [
        { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } },
      ],
      ports: [{ protocol: "TCP", port: 7860 }],
    });
  });

  it("alerts on what this release is made of", () => {
    assert.deepEqual(names(objects, "PrometheusRule"), ["todo-app-alerts"]);
    const rules = at(
      find(objects, "PrometheusRule", "todo-app-alerts"),
      "spec.groups.0.rules",
    ) as Rule[];
    const count = (alert: string) => rules.filter((rule) => rule.alert === alert).length;
    assert.deepEqual(
      ["Down", "Degraded", "Restarting", "AtMaxReplicas", "MigrationFailed", "MetricsMissing"].map(
        (alert) => count(`TodoApp${alert}`),
      ),
      [2, 2, 2, 1, 1, 1],
    );
    for (const { expr, for: time, labels, annotations, alert } of rules) {
      assert.match(expr, /namespace="todo-app"/, alert);
      assert.match(time ?? "", /^(\d+m)?$/, alert);
      assert.match(labels.severity, /^(critical|warning)$/, alert);
      assert.ok(annotations.summary.length > 10, alert);
    }
    assert.equal(
      rules[0]?.expr,
      'kube_deployment_status_replicas_available{namespace="todo-app", deployment="todo-backend"} == 0',
    );
    // Not a pod that failed: the next try may have done it.
    assert.equal(
      rules.find(({ alert }) => alert === "TodoAppMigrationFailed")?.expr,
      'kube_job_failed{namespace="todo-app", job_name=~"todo-app-migration.*", condition="true"} > 0',
    );
    assert.equal(
      rules[2]?.expr,
      'increase(kube_pod_container_status_restarts_total{namespace="todo-app", container="backend"}[15m]) > 5',
    );
  });
});
