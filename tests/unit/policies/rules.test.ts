import assert from "node:assert/strict";
import {
  check,
  policies,
  type PolicyResource,
  policyResource,
  SECRET,
  UNKNOWN,
} from "../../../policies";
import { capacity } from "../../../policies/capacity";
import { settingsWith } from "../../support/fixtures";
import { at } from "../../support/values";

/** A Deployment that keeps every policy. */
function deployment(): PolicyResource {
  const container = {
    name: "backend",
    image: "todo-backend:1.0.0-abc",
    env: [{ name: "LOG_LEVEL", value: "info" }],
    resources: {
      requests: { cpu: "100m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "256Mi" },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    readinessProbe: { httpGet: { path: "/ready", port: "http" } },
    livenessProbe: { httpGet: { path: "/live", port: "http" } },
  };
  const labels = { app: "todo-app", component: "backend", version: "1.0.0" };
  return {
    type: "kubernetes:apps/v1:Deployment",
    name: "backend-deployment",
    inputs: {
      metadata: { name: "todo-backend", labels },
      spec: {
        replicas: 2,
        template: {
          metadata: { labels },
          spec: {
            securityContext: { runAsNonRoot: true, runAsUser: 10001 },
            containers: [container],
          },
        },
      },
    },
  };
}

function object(kind: string, inputs: object): PolicyResource {
  const metadata = { name: "a", labels: { app: "todo-app" } };
  return { type: `kubernetes:core/v1:${kind}`, name: "a", inputs: { metadata, ...inputs } };
}

function release(values: object): PolicyResource {
  return { type: "kubernetes:helm.sh/v3:Release", name: "chart", inputs: { values } };
}

const CONTAINER = "spec.template.spec.containers.0";

/** The Deployment with one thing set at a path, or taken away. */
function broken(path: string, value?: unknown): PolicyResource {
  const resource = deployment();
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  const parent = at(resource.inputs, steps.join(".")) as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return resource;
}

function violations(resource: PolicyResource, settings: Record<string, unknown> = {}): string[] {
  const context = { settings: settingsWith(settings), resources: [resource] };
  return check(resource, context).map(({ policy, found }) => `${policy}: ${found}`);
}

const production = {
  environment: "production",
  databaseUrl: "postgresql://a:b@db.example/todo",
  betterAuthSecret: "b".repeat(32),
  jwtSecret: "j".repeat(32),
};

/** For each policy what breaks it, and what is said. */
const breaks: Record<string, [PolicyResource, string, Record<string, unknown>?][]> = {
  "image-pinned": [
    [broken(`${CONTAINER}.image`, "todo-backend:latest"), "image todo-backend:latest"],
    [broken(`${CONTAINER}.image`, "todo-backend"), "image todo-backend"],
    [broken(`${CONTAINER}.image`, "host:5000/todo"), "image host:5000/todo"],
    [broken(`${CONTAINER}.image`), "no image"],
  ],
  "resources-set": [
    [broken(`${CONTAINER}.resources.limits.memory`), "no limits.memory"],
    [broken(`${CONTAINER}.resources.requests`), "no requests.cpu, requests.memory"],
  ],
  "probes-set": [
    [broken(`${CONTAINER}.readinessProbe`), "no readinessProbe"],
    [broken(`${CONTAINER}.livenessProbe`), "no livenessProbe"],
  ],
  "non-root": [
    [broken("spec.template.spec.securityContext.runAsUser", 0), "runAsUser 0"],
    [broken("spec.template.spec.securityContext"), "runAsNonRoot isn't true"],
    [broken(`${CONTAINER}.securityContext.privileged`, true), "privileged"],
    [
      broken(`${CONTAINER}.securityContext.allowPrivilegeEscalation`),
      "allowPrivilegeEscalation isn't false",
    ],
  ],
  "no-capabilities": [
    [broken(`${CONTAINER}.securityContext.capabilities`), "capabilities.drop has no ALL"],
    [
      broken(`${CONTAINER}.securityContext.capabilities.add`, ["NET_ADMIN"]),
      "capabilities.add NET_ADMIN",
    ],
  ],
  "read-only-root": [
    [
      broken(`${CONTAINER}.securityContext.readOnlyRootFilesystem`, false),
      "readOnlyRootFilesystem isn't true",
    ],
  ],
  "labels-set": [
    [broken("metadata.labels"), "no label app"],
    [broken("spec.template.metadata.labels.version"), "no label version of its pods"],
  ],
  "two-replicas": [
    [broken("spec.replicas", 1), "replicas 1", production],
    [
      broken("spec.replicas"),
      "autoscaling.minReplicas 1",
      { ...production, backend: { autoscaling: { enabled: true, minReplicas: 1 } } },
    ],
  ],
  "no-literal-secret": [
    [
      broken(`${CONTAINER}.env`, [{ name: "JWT_SECRET", value: "x" }]),
      "container backend: JWT_SECRET has a value",
    ],
    [
      broken(`${CONTAINER}.env`, [{ name: "DB", value: "postgresql://a:b@c/d" }]),
      "container backend: DB has a URL with a password",
    ],
    [object("ConfigMap", { data: { COHERE_API_KEY: "x" } }), "data.COHERE_API_KEY has a value"],
    [object("ConfigMap", { data: { A: SECRET } }), "data.A is a secret's value"],
    [object("ConfigMap", { data: SECRET }), "data is made of a secret"],
    [release({ backend: { env: { API_TOKEN: "x" } } }), "values.backend.env.API_TOKEN has a value"],
    [release({ secret: { values: { MINE: "x" } } }), "values.secret.values.MINE has a value"],
    [release({ a: ["postgresql://a:b@c/d"] }), "values.a.0 has a URL with a password"],
    [release({ a: SECRET }), "values.a is a secret's value"],
  ],
  "secret-encrypted": [
    [
      object("Secret", { stringData: { a: "x", b: SECRET } }),
      "stringData.a isn't a secret of Pulumi",
    ],
  ],
  "fits-node": [
    [
      broken(`${CONTAINER}.resources.requests.memory`, "2Gi"),
      "with this, the pods request 6144 MiB of memory; minikube.memory is 4096 MB, which leaves 3726 next to kube-system",
    ],
    [
      broken(`${CONTAINER}.resources.requests.cpu`, "2"),
      "with this, the pods request 6000m CPU; minikube.cpus is 4, which leaves 3150m next to kube-system",
    ],
  ],
};

describe("policies", () => {
  it("are kept by a Deployment as the program makes it, in production too", () => {
    assert.deepEqual(violations(deployment()), []);
    assert.deepEqual(violations(deployment(), production), []);
  });

  it("have each a name of its own, a sentence and a case that breaks it", () => {
    const names = policies.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(Object.keys(breaks), names);
    for (const { sentence } of policies) assert.match(sentence, /^[A-Z].*\.$/);
  });

  for (const [name, cases] of Object.entries(breaks)) {
    for (const [resource, found, settings] of cases) {
      it(`${name} is broken by ${found}`, () => {
        const all = violations(resource, settings);
        assert.ok(
          all.some((line) => line.startsWith(`${name}: `) && line.endsWith(found)),
          all.join("\n"),
        );
        assert.deepEqual(
          all.filter((line) => !line.startsWith(name)),
          [],
        );
      });
    }
  }

  it("say nothing of what isn't known before an update, or is a secret as it should be", () => {
    assert.deepEqual(violations(broken(`${CONTAINER}.image`, UNKNOWN)), []);
    assert.deepEqual(violations(broken("spec.replicas", UNKNOWN), production), []);
    assert.deepEqual(violations(object("Secret", { stringData: SECRET })), []);
    assert.deepEqual(violations(object("ConfigMap", { data: { LOG_LEVEL: "info" } })), []);
    const secret = { existingSecret: "todo-secrets", keys: { JWT_SECRET: "JWT_SECRET" } };
    const podAnnotations = { "todo-app/secret-revision": "1" };
    assert.deepEqual(
      violations(release({ podAnnotations, secret, ingress: { tls: { secretName: "tls" } } })),
      [],
    );
  });

  it("look at a pod by itself, which needs no probes", () => {
    const pod = at(deployment().inputs, "spec.template") as { metadata: object };
    const named = { ...pod, metadata: { ...pod.metadata, name: "test" } };
    const resource = policyResource({ apiVersion: "v1", kind: "Pod", ...named });
    assert.deepEqual(violations(resource), []);
    const bare = { ...named, spec: { containers: [{ name: "test" }] } };
    const all = violations(policyResource({ apiVersion: "v1", kind: "Pod", ...bare }));
    assert.ok(all.includes("image-pinned: container test: no image"));
    assert.ok(!all.some((line) => line.startsWith("probes-set")));
  });

  it("count what passes once, in addition to what stays", () => {
    const job = (cpu: string): PolicyResource => ({
      type: "kubernetes:batch/v1:Job",
      name: "job",
      inputs: {
        spec: {
          template: { spec: { containers: [{ name: "a", resources: { requests: { cpu } } }] } },
        },
      },
    });
    const found = (...resources: PolicyResource[]) =>
      capacity(deployment(), { settings: settingsWith(), resources: [deployment(), ...resources] });
    // Two pods of 100m stay: the largest of what passes has 3150m less 200m.
    assert.deepEqual(found(job("2950m"), job("2950m")), []);
    assert.match(found(job("2951m")).join(), /the pods request 3151m CPU/);
  });

  it("look at init containers, which need no probes", () => {
    const init = { name: "init", image: "a:latest" };
    const all = violations(broken("spec.template.spec.initContainers", [init]));
    assert.ok(all.includes("image-pinned: container init: image a:latest"));
    assert.ok(!all.some((line) => line.startsWith("probes-set")));
  });
});
