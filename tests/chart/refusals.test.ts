import assert from "node:assert/strict";
import type { Values } from "../support/chart/helm";
import { CHART, helm, refusal } from "../support/chart/helm";
import { COMPLETE, SECRETS } from "../support/chart/scenarios";
import { leaves, ROOT } from "../support/chart/schema";

/** Texts that may be anything, and what is tried by itself. */
const FREE: ReadonlySet<string> = new Set([
  "imagePullSecrets",
  "backend.command",
  "frontend.command",
  "migration.command",
  "migration.env.MIGRATE_WAIT_SECONDS",
  "passingPods.annotations.linkerd.io/inject",
  "postgres.probes.readiness.command",
]);

/** Puts a value where a path leads; the maps and lists on the way are made. */
function put(values: object, path: readonly (string | number)[], value: unknown): void {
  let here = values as Record<string | number, unknown>;
  for (const [index, key] of path.slice(0, -1).entries()) {
    here[key] ??= typeof path[index + 1] === "number" ? [] : {};
    here = here[key] as Record<string | number, unknown>;
  }
  here[path.at(-1) ?? ""] = value;
}

/** Values that the schema refuses, with the words that have to be in what helm says. */
const SCHEMA: readonly (readonly [string, Values, RegExp])[] = [
  ["an unknown key", { bakend: {} }, /at '': additional properties 'bakend' not allowed/],
  [
    "an unknown key deep inside",
    { frontend: { service: { tpye: "NodePort" } } },
    /at '\/frontend\/service': additional properties 'tpye' not allowed/,
  ],
  [
    "an unknown resource",
    { backend: { resources: { limits: { gpu: 1 } } } },
    /at '\/backend\/resources\/limits': additional properties 'gpu' not allowed/,
  ],
  [
    "text for a number",
    { backend: { port: "http" } },
    /at '\/backend\/port': got string, want integer/,
  ],
  [
    "text for a truth value",
    { workloads: { create: "yes" } },
    /at '\/workloads\/create': got string, want boolean/,
  ],
  [
    "half a pod",
    { backend: { replicas: 1.5 } },
    /at '\/backend\/replicas': got number, want integer/,
  ],
  ["fewer than no pods", { backend: { replicas: -1 } }, /at '\/backend\/replicas': minimum/],
  [
    "a Service type that doesn't exist",
    { frontend: { service: { type: "NodePrt" } } },
    /at '\/frontend\/service\/type': value must be one of 'ClusterIP', 'NodePort', 'LoadBalancer'/,
  ],
  [
    "a port of the node outside its range",
    { frontend: { service: { nodePort: 8080 } } },
    /at '\/frontend\/service\/nodePort': minimum: got 8,080, want 30,000/,
  ],
  ["root", { securityContext: { runAsUser: 0 } }, /at '\/securityContext\/runAsUser': minimum/],
  [
    "a number as a variable",
    { backend: { env: { LEVEL: 3 } } },
    /at '\/backend\/env\/LEVEL': got number, want string/,
  ],
  ["a label without app", { labels: { app: null } }, /at '\/labels': missing property 'app'/],
];

/** Values that aren't written as they have to be. */
const FORMATS: readonly (readonly [string, Values, RegExp])[] = [
  [
    "a network that isn't one",
    { networkPolicy: { ingressCidrs: ["10.0.0.0"] } },
    /networkPolicy\.ingressCidrs\.0 is "10\.0\.0\.0": expected a network with the length of its prefix, such as 10\.244\.0\.0\/16/,
  ],
  [
    "an IPv6 network of nine parts",
    { networkPolicy: { ingressCidrs: ["1:2:3:4:5:6:7:8:9/64"] } },
    /networkPolicy\.ingressCidrs\.0 is "1:2:3:4:5:6:7:8:9\/64": expected a network/,
  ],
  [
    "a rule that would be open to all",
    { networkPolicy: { ingressCidrs: [] } },
    /networkPolicy\.ingressCidrs is empty: a rule without a network would open the path to everyone/,
  ],
  [
    "a selector that would find everything",
    { networkPolicy: { dns: { podLabels: { "k8s-app": null } } } },
    /networkPolicy\.dns\.podLabels is empty: an empty selector would find every pod/,
  ],
  [
    "a migration that would be a server",
    { migration: { command: [] } },
    /migration\.command is empty: without a command the image would start a server/,
  ],
  [
    "a name that Kubernetes refuses",
    { backend: { name: "Todo_Backend" } },
    /backend\.name is "Todo_Backend": expected a name of small letters, digits and '-'/,
  ],
  [
    "no processor time",
    { backend: { resources: { requests: { cpu: "0m" } } } },
    /backend\.resources\.requests\.cpu is "0m": expected processor time above 0, such as 250m/,
  ],
  [
    "no processor time, as a number",
    { tests: { resources: { limits: { cpu: 0 } } } },
    /tests\.resources\.limits\.cpu is "0": expected processor time above 0/,
  ],
  [
    "a tag in an image's name",
    { backend: { image: { repository: "todo-backend:2.0" } } },
    /backend\.image\.repository is "todo-backend:2\.0": expected the name of an image .* without a tag/,
  ],
  [
    "a log level that doesn't exist",
    { configMap: { data: { LOG_LEVEL: "loud" } } },
    /configMap\.data\.LOG_LEVEL is "loud": expected trace, debug, info, warn, error, fatal or silent/,
  ],
  [
    "a log level that doesn't exist, of the migration alone",
    { migration: { env: { LOG_LEVEL: "loud" } } },
    /migration\.env\.LOG_LEVEL is "loud": expected trace/,
  ],
  [
    "a host name with an empty part",
    { ingress: { host: "a..b" } },
    /ingress\.host is "a\.\.b": expected a host name in small letters, such as todo\.example\.org/,
  ],
  [
    "a label's key with a space",
    { labels: { "my team": "a" } },
    /labels has the key "my team": expected the key of a label or annotation/,
  ],
];

/** Values that fit the schema but not each other. */
const TOGETHER: readonly (readonly [string, Values, RegExp])[] = [
  [
    "latest",
    { frontend: { image: { tag: "latest" } } },
    /frontend\.image\.tag is latest: name a version/,
  ],
  [
    "an image without tag and digest",
    { backend: { image: { tag: "" } } },
    /backend\.image has neither a tag nor a digest/,
  ],
  [
    "a pause that outlasts the pod",
    { backend: { preStopSeconds: 30 } },
    /backend\.terminationGracePeriodSeconds is 30, but the pod may need 46 seconds to end.*preStopSeconds 30, DRAIN_SECONDS 5, CLOSE_SECONDS 10, and 1 to exit; raise it/,
  ],
  [
    "a smallest number above the largest",
    { backend: { autoscaling: { minReplicas: 9 } } },
    /backend\.autoscaling\.minReplicas is 9, above backend\.autoscaling\.maxReplicas, which is 5/,
  ],
  [
    "a rollout that can't move",
    { rollout: { maxSurge: "0%" } },
    /rollout\.maxSurge and rollout\.maxUnavailable are both 0/,
  ],
  [
    "one name for two Deployments",
    { backend: { name: "todo" }, frontend: { name: "todo" } },
    /backend\.name and frontend\.name are both "todo"/,
  ],
  [
    "one name for two Services",
    { backend: { service: { name: "todo-frontend" } } },
    /the Services of backend and frontend are both called "todo-frontend"/,
  ],
  [
    "one port of the node for two Services",
    { backend: { service: { type: "NodePort", nodePort: 30080 } } },
    /backend\.service\.nodePort and frontend\.service\.nodePort are both 30080/,
  ],
  [
    "a selector that finds the other side",
    { backend: { component: "frontend" } },
    /the selector of backend, \{"app":"todo-app","component":"frontend"\}, also finds the pods of frontend/,
  ],
  [
    "a selector that finds the Job's pods",
    { backend: { selectorLabels: { app: "todo-app" } } },
    /the selector of backend, \{"app":"todo-app"\}, also finds the pods of migration/,
  ],
  [
    "a label that is the chart's own",
    { labels: { component: "web" } },
    /labels\.component: the chart sets this label itself/,
  ],
  [
    "a secret variable without a key",
    { migration: { secretEnv: ["PGPASSWORD"] } },
    /migration\.secretEnv names PGPASSWORD, which secret\.keys doesn't have/,
  ],
  [
    "an optional variable that isn't there",
    { secret: { optional: ["NOTHING"] } },
    /secret\.optional names NOTHING, which secret\.keys doesn't have/,
  ],
  [
    "a request above its limit",
    { backend: { resources: { requests: { cpu: 2 } } } },
    /backend\.resources\.requests\.cpu is 2, above backend\.resources\.limits\.cpu, which is 500m/,
  ],
  [
    "a request above its limit, in other units",
    { migration: { resources: { requests: { memory: "1Gi" } } } },
    /migration\.resources\.requests\.memory is 1Gi, above migration\.resources\.limits\.memory, which is 256Mi/,
  ],
  [
    "two volumes of one name",
    {
      backend: {
        writablePaths: ["/a", "/b"].map((path) => ({ name: "tmp", path, sizeLimit: "1Mi" })),
      },
    },
    /backend has two volumes of the name "tmp": give each of backend\.writablePaths its own/,
  ],
  [
    "two volumes in one place",
    {
      frontend: {
        writablePaths: ["a", "b"].map((name) => ({ name, path: "/a", sizeLimit: "1Mi" })),
      },
    },
    /frontend has two volumes of the path "\/a"/,
  ],
  [
    "a volume in the place of the data",
    { postgres: { dataPath: "/tmp" } },
    /postgres has two volumes of the path "\/tmp"/,
  ],
  [
    "a database's image that changes by itself",
    { postgres: { image: "postgres:latest" } },
    /postgres\.image is postgres:latest: name a version/,
  ],
  [
    "a read of the metrics that outlasts its interval",
    { monitoring: { serviceMonitor: { scrapeTimeout: "1m" } } },
    /scrapeTimeout is 1m, longer than monitoring\.serviceMonitor\.interval, which is 30s/,
  ],
  [
    "a page at any host name",
    { ingress: { enabled: true, host: "*.example.org" } },
    /ingress\.host is \*\.example\.org, which is no address of its own: set configMap\.data\.BETTER_AUTH_URL/,
  ],
  [
    "a secret that the backend finds too short",
    { secret: { existingSecret: "", values: { ...SECRETS, JWT_SECRET: "hush" } } },
    /secret\.values\.JWT_SECRET has 4 characters .*takes no less than 32/,
  ],
  [
    "an empty secret",
    { secret: { existingSecret: "", values: { ...SECRETS, COHERE_API_KEY: "" } } },
    /secret\.values\.COHERE_API_KEY is empty: leave it out/,
  ],
  [
    "a database's address that is none",
    { secret: { existingSecret: "", values: { ...SECRETS, DATABASE_URL: "hello" } } },
    /secret\.values\.DATABASE_URL is no PostgreSQL URL/,
  ],
  [
    "one ServiceAccount for two workloads",
    { backend: { serviceAccount: { name: "x" } }, frontend: { serviceAccount: { name: "x" } } },
    /ServiceAccount "x" would be made twice by templates\/serviceaccounts\.yaml: give one of them another name/,
  ],
  [
    "one Secret for two purposes",
    {
      ...COMPLETE,
      secret: {
        existingSecret: "",
        name: "todo-postgres",
        generate: ["BETTER_AUTH_SECRET", "JWT_SECRET"],
      },
    },
    /Secret "todo-postgres" would be made by templates\/postgres\.yaml and templates\/secret\.yaml/,
  ],
  [
    "a workload by the name of a policy",
    { backend: { name: "todo-app-default-deny" } },
    /NetworkPolicy "todo-app-default-deny" would be made twice/,
  ],
  [
    "a variable from two places",
    { backend: { env: { JWT_SECRET: "x" } } },
    /backend\.env\.JWT_SECRET: the variable is in backend\.secretEnv too/,
  ],
  ["a port set twice", { frontend: { env: { PORT: "1" } } }, /frontend\.env\.PORT: the chart sets/],
  [
    "a database that nothing can reach",
    { networkPolicy: { database: { inCluster: false } } },
    /networkPolicy\.database\.cidrs is empty, so that nothing could reach the database/,
  ],
  [
    "an exception that leaves nothing",
    { networkPolicy: { ingressCidrs: ["10.244.3.0/24"] } },
    /networkPolicy\.ingressCidrs has 10\.244\.3\.0\/24, of which 10\.244\.0\.0\/16 .* leaves nothing/,
  ],
  [
    "a Secret of its own that lacks what the pods need",
    { secret: { existingSecret: "", values: { JWT_SECRET: "a" } } },
    /the Secret lacks BETTER_AUTH_SECRET: name an existing Secret in secret\.existingSecret, or set secret\.values\.BETTER_AUTH_SECRET\n.*the Secret lacks DATABASE_URL/,
  ],
  [
    "values for a Secret that it doesn't make",
    { secret: { values: { JWT_SECRET: "a" } } },
    /secret\.existingSecret is "todo-secrets", so that secret\.values and secret\.generate would go nowhere/,
  ],
  [
    "a secret both given and generated",
    { secret: { existingSecret: "", values: { JWT_SECRET: "a" }, generate: ["JWT_SECRET"] } },
    /secret\.generate names JWT_SECRET, which secret\.values has already/,
  ],
  [
    "a secret value without a key",
    { secret: { existingSecret: "", values: { NOTHING: "a" } } },
    /secret\.values or secret\.generate has NOTHING, which secret\.keys doesn't have/,
  ],
  [
    "a database whose password the Secret can't know",
    { postgres: { enabled: true } },
    /postgres\.enabled makes a database with a password of its own, which the existing Secret "todo-secrets" can't know/,
  ],
  [
    "a database in the release that policies look for outside",
    {
      ...COMPLETE,
      networkPolicy: { database: { inCluster: false, cidrs: ["203.0.113.0/24"] } },
    },
    /postgres\.enabled makes a database in the cluster, but networkPolicy\.database\.inCluster is false/,
  ],
  [
    "a database by the name of a Service",
    { ...COMPLETE, postgres: { enabled: true, name: "todo-backend" } },
    /postgres\.name is "todo-backend", which is the Service of backend too/,
  ],
  [
    "a namespace that comes after the migration",
    { namespace: { name: "todo", create: true } },
    /namespace\.create is true, but the migration runs before the release makes anything: make namespace "todo" first/,
  ],
  [
    "a test that is ended before it can speak",
    { tests: { timeoutSeconds: 120 } },
    /tests\.timeoutSeconds is 120, but the pod is ended after 120 seconds/,
  ],
];

describe("chart: refuses", () => {
  for (const [what, values, message] of [...SCHEMA, ...FORMATS, ...TOGETHER]) {
    it(what, async () => {
      const said = await refusal(values);
      assert.match(said, message);
      assert.doesNotMatch(said, /match pattern|hush/);
    });
  }

  it("every text that isn't free, by its key and in a sentence", async () => {
    const wrong = "what is this?";
    // The one list of maps that is empty by default.
    const values = { imagePullSecrets: [{ name: wrong }] };
    const expected = ["imagePullSecrets.0.name is"];
    for (const { path, schema } of leaves()) {
      const key = path.join(".");
      const { type, additionalProperties: inside } = schema;
      if (FREE.has(key)) continue;
      if (type === "array") {
        put(values, path, [wrong]);
        expected.push(`${key}.0 is`);
      } else if (type === "object") {
        const isLabel = typeof inside === "object" && inside.$ref?.endsWith("/labelValue");
        put(values, path, { [wrong]: isLabel ? wrong : "" });
        expected.push(`${key} has the key`, ...(isLabel ? [`${key}.${wrong} is`] : []));
      } else if ([type].flat().includes("string")) {
        put(values, path, wrong);
        expected.push(`${key} is`);
      }
    }
    assert.ok(expected.length > 100);
    const lines = (await refusal(values, ["--skip-schema-validation"])).split("\n");
    for (const start of expected) {
      const found = lines.find((line) => line.startsWith(`  - ${start} "${wrong}": expected `));
      assert.ok(found !== undefined, `nothing is said of ${start} among:\n${lines.join("\n")}`);
    }
  });

  it("what it does without a pattern, whose words only a program reads", () => {
    assert.doesNotMatch(JSON.stringify(ROOT), /"(pattern|exclusiveMinimum|minLength)":/);
  });

  it("at lint as well", async () => {
    for (const [, values, message] of [SCHEMA, FORMATS, TOGETHER].flatMap((rows) =>
      rows.slice(0, 1),
    )) {
      const run = await helm(["lint", "--strict", CHART], values);
      assert.notEqual(run.code, 0);
      assert.match(run.stdout + run.stderr, message);
    }
  });

  it("everything that is wrong at once", async () => {
    const shapes = await refusal({ backend: { port: "x", replicas: "y" }, what: 1 });
    assert.match(shapes, /backend\/port/);
    assert.match(shapes, /backend\/replicas/);
    assert.match(shapes, /'what'/);
    const relations = await refusal({
      backend: { preStopSeconds: 99, image: { tag: "latest" } },
      rollout: { maxSurge: 0 },
    });
    assert.match(relations, /can't be used:(\n {2}- .*){3}\n/);
  });
});
