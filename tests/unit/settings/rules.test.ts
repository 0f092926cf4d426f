import assert from "node:assert/strict";
import { settingsWith } from "../../support/fixtures";
import { problemsOf } from "../../support/settings-problems";
import { setting } from "../../support/values";

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

const BROKEN_ESCAPE =
  "a PostgreSQL URL with a % that begins no escape: write %25 for a % in the password";

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
    /^at least 46: preStopSeconds 30, DRAIN_SECONDS 5 and CLOSE_SECONDS 10 of backend\.env, and 1 to exit$/,
  ],
  [
    "a grace period that drain and close use up",
    { frontend: { env: { DRAIN_SECONDS: "20" }, terminationGracePeriodSeconds: 35 } },
    "frontend.terminationGracePeriodSeconds",
    "35",
    /^at least 36: preStopSeconds 5, DRAIN_SECONDS 20 and CLOSE_SECONDS 10/,
  ],
  [
    "a grace period that is too short by the ConfigMap's variables",
    {
      configMap: { data: { CLOSE_SECONDS: "60" } },
      frontend: { env: { CLOSE_SECONDS: "10" } },
    },
    "backend.terminationGracePeriodSeconds",
    "30",
    /^at least 71: preStopSeconds 5, DRAIN_SECONDS 5 and CLOSE_SECONDS 60/,
  ],
  [
    "a grace period of another application that the pause uses up",
    {
      backend: {
        image: { context: "docker", dockerfile: "docker/backend/Dockerfile" },
        preStopSeconds: 30,
      },
    },
    "backend.terminationGracePeriodSeconds",
    "30",
    /^at least 31: preStopSeconds 30, and the time to end after that$/,
  ],
  ...(
    [
      ["DRAIN_SECONDS", "soon", /^a whole number from 0 to 300$/],
      ["DATABASE_POOL_SIZE", "0", /^a whole number from 1 to 100$/],
      ["LOG_LEVEL", "verbose", /^one of trace, .*silent$/],
      ["BETTER_AUTH_URL", "todo.example", /^URLs that start with http:\/\/ or https:\/\//],
      ["BACKEND_URL", "todo-backend:7860", /^the API's address, such as/],
      ["BACKEND_TIMEOUT_MS", "10s", /^a whole number from 100 to 300000$/],
      ["PORT", "80", /^nothing here: backend\.port and frontend\.port set it$/],
      ["VERSION", "2", /^nothing here: version sets it$/],
    ] as const
  ).map(([name, value, expected]): Case => [
    `the variable ${name}=${value} for both applications`,
    { configMap: { data: { [name]: value } } },
    `configMap.data.${name}`,
    JSON.stringify(value),
    expected,
  ]),
  [
    "a secret's variable in the ConfigMap, where it has no effect",
    { configMap: { data: { JWT_SECRET: "j".repeat(32) } } },
    "configMap.data.JWT_SECRET",
    "a value that isn't shown, as it is a secret",
    /^nothing here: pulumi config set --secret jwtSecret … sets it$/,
  ],
  [
    "a variable that the application refuses",
    { frontend: { env: { BACKEND_TIMEOUT_MS: "0" } } },
    "frontend.env.BACKEND_TIMEOUT_MS",
    '"0"',
    /^a whole number from 100 to 300000$/,
  ],
  [
    "the port as a variable",
    { backend: { env: { PORT: "80" } } },
    "backend.env.PORT",
    '"80"',
    /^nothing here: backend\.port sets it$/,
  ],
  [
    "a variable from two places",
    { backend: { env: { JWT_SECRET: "j" } } },
    "backend.env.JWT_SECRET",
    "a value that isn't shown, as it is a secret",
    /^nothing here: the variable is in backend\.secretEnv too$/,
  ],
  [
    "a backend without what it needs",
    { backend: { secretEnv: ["DATABASE_URL"] } },
    "backend.secretEnv",
    '["DATABASE_URL"]',
    /^BETTER_AUTH_SECRET, JWT_SECRET too: the backend doesn't start without them$/,
  ],
  [
    "one key for two secrets",
    { secrets: { keys: { JWT_SECRET: "a", COHERE_API_KEY: "a" } } },
    "secrets.keys.JWT_SECRET",
    '"a"',
    /^another key than secrets\.keys\.COHERE_API_KEY$/,
  ],
  [
    "two volumes of one name",
    {
      backend: {
        writablePaths: ["/a", "/b"].map((path) => ({ name: "a", path, sizeLimit: "1Mi" })),
      },
    },
    "backend.writablePaths.1.name",
    '"a"',
    /^another name than backend\.writablePaths\.0 has$/,
  ],
  [
    "two volumes in one folder",
    {
      frontend: {
        writablePaths: ["a", "b"].map((name) => ({ name, path: "/a", sizeLimit: "1Mi" })),
      },
    },
    "frontend.writablePaths.1.path",
    '"/a"',
    /^another path than frontend\.writablePaths\.0 has$/,
  ],
  [
    "a selector that finds the migration's pods",
    { backend: { selectorLabels: { app: "todo-app", component: "migration" } } },
    "backend.selectorLabels",
    '{"app":"todo-app","component":"migration"}, which the pods of migration have too',
    /^labels that only its own pods have$/,
  ],
  [
    "a Dockerfile that is a folder",
    { backend: { image: { dockerfile: "docker/backend" } } },
    "backend.image.dockerfile",
    "docker/backend, a folder",
    /^a file$/,
  ],
  [
    "a chart without Chart.yaml",
    { chart: { path: "./docker" } },
    "chart.path",
    "./docker, without Chart.yaml",
    /^the folder of a Helm chart$/,
  ],
  [
    "a stage that the Dockerfile doesn't have",
    { backend: { image: { target: "tests" } } },
    "backend.image.target",
    '"tests"',
    /^one of .+, the stages of docker\/backend\/Dockerfile$/,
  ],
  [
    "a registry's password without a user",
    { images: { registry: { server: "registry.example" } }, registryPassword: "hush" },
    "images.registry.username",
    "nothing",
    /^the user whose password registryPassword is/,
  ],
  [
    "images of a registry that no node pulls",
    { images: { registry: { server: "registry.example" }, pullPolicy: "Never" } },
    "images.pullPolicy",
    "Never",
    /^IfNotPresent or Always: the nodes have to pull/,
  ],
  [
    "a pull of images that no registry has",
    { images: { delivery: "minikube-load", pullPolicy: "Always" } },
    "images.pullPolicy",
    "Always",
    /^IfNotPresent or Never: with the delivery minikube-load no registry has the images$/,
  ],
  [
    "an Ingress with TLS whose address the backend doesn't know",
    {
      chart: {
        values: { ingress: { enabled: true, host: "todo.example", tls: { enabled: true } } },
      },
      configMap: { data: { BETTER_AUTH_URL: "http://todo.example" } },
    },
    "configMap.data.BETTER_AUTH_URL",
    '"http://todo.example"',
    /^https:\/\/todo\.example in this list: chart\.values\.ingress serves the page there/,
  ],
  [
    "an Ingress of any host name without an address",
    { chart: { values: { ingress: { enabled: true, host: "*.example" } } } },
    "configMap.data.BETTER_AUTH_URL",
    "nothing",
    /^the address that a browser opens: \*\.example is none$/,
  ],
  ...(
    [
      ["configMap", { data: { LOG_LEVEL: "debug" } }, /^nothing here: configMap sets it for/],
      ["postgres", { storage: "2Gi" }, /^nothing here: postgres sets it for/],
      ["namespace", { podSecurity: "baseline" }, /^nothing here: namespace sets it for/],
      ["secret.keys", { JWT_SECRET: "a" }, /^nothing here: secrets\.keys sets it for/],
      ["version", "2.0.0", /^nothing here: version sets it for/],
      ["rollout", { maxSurge: 2 }, /^nothing here, where it has no effect: rollout sets it$/],
      [
        "spread",
        { maxSkew: 2 },
        /^nothing here, where it has no effect: it needs `workloads: chart`$/,
      ],
      ["backend.replicas", 3, /^nothing here, where it has no effect: backend\.replicas sets it$/],
      ["backend.resources", { limits: {} }, /^nothing here, where .* backend\.resources sets it$/],
      ["frontend.command", ["sh"], /^nothing here, .* it needs `workloads: chart`$/],
      [
        "frontend.image",
        { tag: "x" },
        /^nothing here, where it has no effect: frontend\.image sets it$/,
      ],
    ] as const
  ).map(([path, value, expected]): Case => [
    `chart.values for ${path}, which the program owns`,
    setting(`chart.values.${path}`, value),
    `chart.values.${path}`,
    JSON.stringify(value),
    expected,
  ]),
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
    '{"app":"todo-app"}, which the pods of frontend, database, migration, test have too',
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
  ...(
    [
      ["mysql://u:p@host/db", "a value that is no PostgreSQL URL"],
      ["postgresql://", "a value that is no PostgreSQL URL"],
      ["postgresql:///db", "a PostgreSQL URL without a host"],
      ["postgresql://%2Fvar%2Frun/db", "a PostgreSQL URL without a host"],
      ["postgresql://u:p@host:port/db", "a value that is no PostgreSQL URL"],
      ["postgresql://u:p@a,b:5432/db x", "a value that is no PostgreSQL URL"],
      ["postgresql://u:p@host:0/db", "a PostgreSQL URL with the port 0"],
      ["postgresql://u:p@host", "a PostgreSQL URL without a database"],
      ["postgresql://u:p@host/", "a PostgreSQL URL without a database"],
      ["postgresql://u:p@host?sslmode=require", "a PostgreSQL URL without a database"],
      ["postgresql://u:p@host/db?port=abc", "a PostgreSQL URL with the port abc"],
      ["postgresql://u:p%E0%A4@host/db", BROKEN_ESCAPE],
      ["postgresql://u:p@host/d%b", BROKEN_ESCAPE],
    ] as const
  ).map(([databaseUrl, found]): Case => [
    `the database URL ${databaseUrl}`,
    { databaseUrl },
    "databaseUrl",
    `${found} (not shown: it is a secret)`,
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
        preStopSeconds: 14,
      },
    });
  });

  it("let an Ingress with TLS pass whose address is the default, or named", () => {
    const ingress = { enabled: true, host: "todo.example", tls: { enabled: true } };
    const chart = { values: { ingress } };
    settingsWith({ chart });
    const data = { BETTER_AUTH_URL: "http://127.0.0.1:30080, https://todo.example/" };
    settingsWith({ chart, configMap: { data } });
    settingsWith({ chart: { values: { ingress: { ...ingress, enabled: false } } } });
  });

  it("know nothing of another application's variables", () => {
    const image = { context: "docker", dockerfile: "docker/backend/Dockerfile" };
    settingsWith({ backend: { image, env: { DRAIN_SECONDS: "soon" }, secretEnv: [] } });
  });

  it("let chart.values change the Deployments of the release, where it owns them", () => {
    const values = { rollout: { maxSurge: "25%" }, backend: { replicas: 3 } };
    settingsWith({ workloads: "chart", chart: { values } });
  });

  it("let a target that is a number or in other letters pass", () => {
    settingsWith({ backend: { image: { target: "0" } } });
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
