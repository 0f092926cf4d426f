import assert from "node:assert/strict";
import { settingsWith } from "../../support/fixtures";
import { problemsOf } from "../../support/settings-problems";

type Case = [
  name: string,
  settings: Record<string, unknown>,
  key: string,
  found: string,
  expected: RegExp,
];

const production = {
  environment: "production",
  databaseUrl: "postgresql://u:p@db.example/todo",
  betterAuthSecret: "a".repeat(32),
  jwtSecret: "b".repeat(32),
};

const cases: Case[] = [
  [
    "a name for the release alone",
    { chart: { values: { backend: { name: "api" } } } },
    "chart.values.backend.name",
    '"api"',
    /^nothing here: backend\.name sets it for program and release alike$/,
  ],
  [
    "a CPU request above its limit",
    { backend: { resources: { requests: { cpu: "1" }, limits: { cpu: "500m" } } } },
    "backend.resources.limits.cpu",
    "500m",
    /^at least the request, 1$/,
  ],
  [
    "a memory request above its limit",
    { frontend: { resources: { requests: { memory: "1Gi" }, limits: { memory: "1023Mi" } } } },
    "frontend.resources.limits.memory",
    "1023Mi",
    /^at least the request, 1Gi$/,
  ],
  [
    "a grace period that the pause uses up",
    { backend: { preStopSeconds: 30 } },
    "backend.terminationGracePeriodSeconds",
    "30",
    /^more than preStopSeconds, 30: the drain comes after the pause$/,
  ],
  [
    "a selector without labels",
    { frontend: { selectorLabels: {} } },
    "frontend.selectorLabels",
    "{}",
    /^at least one label$/,
  ],
  [
    "an autoscaler whose minimum is above its maximum",
    { frontend: { autoscaling: { minReplicas: 6 } } },
    "frontend.autoscaling.maxReplicas",
    "5",
    /^at least minReplicas, 6$/,
  ],
  [
    "a selector that finds the other pods",
    { backend: { selectorLabels: { app: "todo-app" } } },
    "backend.selectorLabels",
    '{"app":"todo-app"}, which the pods of frontend and database have too',
    /^labels that only its own pods have$/,
  ],
  [
    "a selector of the other's component",
    { frontend: { selectorLabels: { "app.kubernetes.io/component": "backend" } } },
    "frontend.selectorLabels",
    '{"app.kubernetes.io/component":"backend"}, which the pods of backend have too',
    /^labels that only its own pods have$/,
  ],
  [
    "two services of one name",
    { frontend: { name: "todo-backend" } },
    "frontend.name",
    "todo-backend",
    /^another name than backend\.name$/,
  ],
  [
    "two Services of one name",
    { backend: { service: { name: "api" } }, postgres: { name: "api" } },
    "postgres.name",
    "api",
    /^another name than backend\.service\.name$/,
  ],
  [
    "a disk request above its limit",
    {
      postgres: {
        resources: {
          requests: { "ephemeral-storage": "2Gi" },
          limits: { "ephemeral-storage": "1Gi" },
        },
      },
    },
    "postgres.resources.limits.ephemeral-storage",
    "1Gi",
    /^at least the request, 2Gi$/,
  ],
  [
    "an image of sources that aren't there",
    { backend: { image: { context: "docker/api" } } },
    "backend.image.context",
    "docker/api, where nothing is",
    /^a path that is there, from the project's folder$/,
  ],
  [
    "a chart that isn't there",
    { chart: { path: "./charts/todo" } },
    "chart.path",
    "./charts/todo, where nothing is",
    /^a path that is there, from the project's folder$/,
  ],
  [
    "a rollout that can't move",
    { rollout: { maxSurge: 0 } },
    "rollout.maxSurge",
    "0",
    /^at least 1 where maxUnavailable is 0: else no pod can be replaced$/,
  ],
  [
    "one NodePort for both",
    { backend: { service: { type: "NodePort", nodePort: 30080 } } },
    "frontend.service.nodePort",
    "30080",
    /^another port than backend\.service\.nodePort$/,
  ],
  [
    "delivery to a registry that isn't named",
    { images: { delivery: "registry" } },
    "images.registry",
    "nothing",
    /^\{server: …\} where images\.delivery is registry$/,
  ],
  [
    "a registry's user without a password",
    { images: { registry: { server: "registry.example", username: "robot" } } },
    "registryPassword",
    "nothing",
    /^the password of robot: pulumi config set --secret registryPassword$/,
  ],
  [
    "two databases",
    { databaseUrl: production.databaseUrl, postgres: { enabled: true } },
    "postgres.enabled",
    "true in addition to a databaseUrl",
    /^one database: leave out databaseUrl, or set postgres\.enabled to false$/,
  ],
  [
    "no database",
    { postgres: { enabled: false } },
    "databaseUrl",
    "nothing, and postgres.enabled is false",
    /^a database: set databaseUrl, or postgres\.enabled to true$/,
  ],
  ...(["databaseUrl", "betterAuthSecret", "jwtSecret"] as const).map((key): Case => [
    `production without ${key}`,
    { ...production, [key]: "" },
    key,
    "nothing",
    new RegExp(`^a value in production: pulumi config set --secret ${key} …$`),
  ]),
  ...[
    "mysql://u:p@host/db",
    "postgresql://",
    "postgresql://u:p@host:port/db",
    "postgresql://u:p@a,b:5432/db x",
  ].map((databaseUrl): Case => [
    `the database URL ${databaseUrl}`,
    { databaseUrl },
    "databaseUrl",
    "a value that is no PostgreSQL URL (not shown: it is a secret)",
    /^postgresql:\/\/user:password@host\[:port\]\/database\[\?sslmode=require\]$/,
  ]),
];

describe("settings: rules", () => {
  for (const [name, settings, key, found, expected] of cases) {
    it(`refuse ${name}`, () => {
      const problems = problemsOf(settings);
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.deepEqual({ key, found }, { key: problems[0]?.key, found: problems[0]?.found });
      assert.match(problems[0]?.expected ?? "", expected);
    });
  }

  it("name all that production lacks, and never the Cohere key", () => {
    const missing = problemsOf({ environment: "production" }).map(({ key }) => key);
    assert.deepEqual(missing, ["databaseUrl", "betterAuthSecret", "jwtSecret"]);
  });

  it("let production have PostgreSQL in the cluster where it is asked for", () => {
    settingsWith({ ...production, databaseUrl: "", postgres: { enabled: true } });
  });

  it("let equal requests and limits, and the minimum drain, pass", () => {
    settingsWith({
      backend: {
        resources: { requests: { cpu: "0.5", memory: "1024Mi" }, limits: { cpu: "500m" } },
        preStopSeconds: 29,
      },
    });
  });

  it("don't count a NodePort that the Service's type doesn't use", () => {
    settingsWith({
      backend: { service: { type: "NodePort", nodePort: 30080 } },
      frontend: { service: { type: "ClusterIP" } },
    });
  });

  it("let the cluster choose both NodePorts", () => {
    settingsWith({
      backend: { service: { type: "NodePort" } },
      frontend: { service: { nodePort: null } },
    });
  });
});
