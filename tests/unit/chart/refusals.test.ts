import assert from "node:assert/strict";
import { CHART, helm, refusal } from "./helm";
import type { Values } from "./helm";
import { COMPLETE } from "./scenarios";

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
    "a network that isn't one",
    { networkPolicy: { ingressCidrs: ["10.0.0.0"] } },
    /at '\/networkPolicy\/ingressCidrs\/0': '10\.0\.0\.0' does not match pattern/,
  ],
  [
    "a rule that would be open to all",
    { networkPolicy: { ingressCidrs: [] } },
    /at '\/networkPolicy\/ingressCidrs': minItems/,
  ],
  [
    "a number as a variable",
    { backend: { env: { LEVEL: 3 } } },
    /at '\/backend\/env\/LEVEL': got number, want string/,
  ],
  [
    "a name that Kubernetes refuses",
    { backend: { name: "Todo_Backend" } },
    /at '\/backend\/name': 'Todo_Backend' does not match pattern/,
  ],
  ["a label without app", { labels: { app: null } }, /at '\/labels': missing property 'app'/],
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
    /backend\.preStopSeconds is 30, but the pod is killed after 30 seconds.*raise backend\.terminationGracePeriodSeconds/,
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
  for (const [what, values, message] of [...SCHEMA, ...TOGETHER]) {
    it(what, async () => {
      assert.match(await refusal(values), message);
    });
  }

  it("at lint as well", async () => {
    for (const [, values, message] of [SCHEMA[0], TOGETHER[0]].filter((row) => row !== undefined)) {
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
    assert.match(relations, /don't fit together:(\n {2}- .*){3}\n/);
  });
});
