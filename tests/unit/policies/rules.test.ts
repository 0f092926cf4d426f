import assert from "node:assert/strict";
import { plannedRoom } from "../../../components/cluster";
import {
  check,
  policies,
  type PolicyResource,
  policyResource,
  SECRET,
  UNKNOWN,
} from "../../../policies";
import { capacity, crowded } from "../../../policies/capacity";
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

function image(inputs: object): PolicyResource {
  return { type: "docker:index/image:Image", name: "image", inputs };
}

function autoscaler(minReplicas: unknown): PolicyResource {
  return {
    type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    name: "hpa",
    inputs: {
      metadata: { name: "other", labels: { app: "todo-app" } },
      spec: { minReplicas, scaleTargetRef: { kind: "Deployment", name: "other" } },
    },
  };
}

/** The pods of the Deployment, from an object of another kind. */
function template(kind: string, group: string, spec: object = {}): PolicyResource {
  const { metadata, spec: own } = deployment().inputs as {
    metadata: object;
    spec: { template: object };
  };
  const job = { spec: { template: own.template } };
  const inputs =
    kind === "PodTemplate"
      ? { metadata, template: own.template }
      : kind === "Pod"
        ? { ...own.template }
        : {
            metadata,
            spec: { ...spec, ...(kind === "CronJob" ? { jobTemplate: job } : job.spec) },
          };
  return { type: `kubernetes:${group}:${kind}`, name: "a", inputs };
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
  const parsed = settingsWith(settings);
  const context = { settings: parsed, room: plannedRoom(parsed), resources: [resource] };
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
    [autoscaler(1), "minReplicas 1", production],
    [autoscaler(undefined), "minReplicas 1", production],
    [template("ReplicaSet", "apps/v1", { replicas: 1 }), "replicas 1", production],
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
    [object("ConfigMap", { data: { SMTP_PASS: "x" } }), "data.SMTP_PASS has a value"],
    [
      object("ConfigMap", { data: { ORDERS_DSN: "host=db user=a password=b" } }),
      "data.ORDERS_DSN has a password, key or token",
    ],
    [
      object("ConfigMap", { data: { "tls.pem": "-----BEGIN RSA PRIVATE KEY-----" } }),
      "data.tls.pem has a private key",
    ],
    [
      broken(`${CONTAINER}.args`, ["--db", "redis://:b@c"]),
      "container backend: its command has a URL with a password",
    ],
    [image({ build: { args: { NPM_TOKEN: "x" } } }), "build.args.NPM_TOKEN has a value"],
    [image({ registry: { password: "x" } }), "registry.password isn't a secret of Pulumi"],
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
      "with this, the pods request 6144 MiB of memory, and the Minikube of the settings, with 4 CPUs and 4096 MiB, next to kube-system leaves 3726 MiB",
    ],
    [
      broken(`${CONTAINER}.resources.requests.cpu`, "2"),
      "with this, the pods request 6000m CPU, and the Minikube of the settings, with 4 CPUs and 4096 MiB, next to kube-system leaves 3150m",
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

  for (const [kind, group, stays] of [
    ["CronJob", "batch/v1", false],
    ["DaemonSet", "apps/v1", true],
    ["Job", "batch/v1", false],
    ["Pod", "core/v1", true],
    ["PodTemplate", "core/v1", false],
    ["ReplicaSet", "apps/v1", true],
    ["ReplicationController", "core/v1", true],
    ["StatefulSet", "apps/v1", true],
    ["DeploymentPatch", "apps/v1", true],
    ["Rollout", "argoproj.io/v1alpha1", false],
  ] as const) {
    it(`look at the pods of a ${kind}`, () => {
      const resource = template(kind, group);
      assert.deepEqual(violations(resource), []);
      const text = JSON.stringify(resource).replace(/todo-backend:1\.0\.0-abc/, "todo:latest");
      const all = violations(
        JSON.parse(text.replace("readinessProbe", "noProbe")) as PolicyResource,
      );
      assert.ok(all.includes("image-pinned: container backend: image todo:latest"), all.join());
      assert.equal(all.includes("probes-set: container backend: no readinessProbe"), stays);
    });
  }

  it("count the pods of every kind", () => {
    const others = { cpu: 0, memory: 0 };
    const small = { cpu: 250, memory: 9999, of: "it", nodes: 3, others };
    const asked = (...resources: PolicyResource[]) => {
      const context = { settings: settingsWith(), room: small, resources };
      return /request (\d+)m CPU/.exec(capacity(deployment(), context).join())?.[1];
    };
    assert.equal(asked(template("DaemonSet", "apps/v1")), "300");
    assert.equal(asked(template("ReplicaSet", "apps/v1", { replicas: 4 })), "400");
    assert.equal(asked(template("Job", "batch/v1", { parallelism: 5 })), "500");
    assert.equal(
      asked(template("CronJob", "batch/v1"), template("Pod", "core/v1"), deployment()),
      "400",
    );
    // Two of the Deployment by its autoscaler's minimum, and one while it rolls.
    const scaled = {
      ...autoscaler(6),
      inputs: {
        spec: { minReplicas: 6, scaleTargetRef: { kind: "Deployment", name: "todo-backend" } },
      },
    };
    assert.equal(asked(broken("spec.replicas"), scaled), "700");
  });

  it("leave what only neighbours are in the way of, which is told apart", () => {
    const others = { cpu: 900, memory: 100 };
    const room = { cpu: 1000, memory: 300, of: "it", nodes: 1, others };
    const told = (cpu: string) => {
      const resources = [broken(`${CONTAINER}.resources.requests.cpu`, cpu)];
      const context = { settings: settingsWith(), room, resources };
      return [capacity(deployment(), context).length, ...crowded(context)];
    };
    // Two pods and a surge pod of 128 MiB don't fit alone: a violation, and no word of the neighbours.
    assert.deepEqual(told("10m"), [1]);
    assert.deepEqual(told("100m"), [
      1,
      "the pods so far request 300m CPU, and those of other namespaces leave 100m of 1000m in it",
    ]);
    assert.deepEqual(told("400m"), [2]);
  });

  it("say nothing of the room in a cluster whose size isn't known", () => {
    const resources = [broken(`${CONTAINER}.resources.requests.cpu`, "500")];
    assert.deepEqual(capacity(deployment(), { settings: settingsWith(), resources }), []);
  });

  it("look at a pod that ends, which needs no probes", () => {
    const pod = at(deployment().inputs, "spec.template") as { metadata: object };
    const spec = { ...(at(pod, "spec") as object), restartPolicy: "Never" };
    const named = { ...pod, spec, metadata: { ...pod.metadata, name: "test" } };
    const resource = policyResource({ apiVersion: "v1", kind: "Pod", ...named });
    assert.deepEqual(violations(resource), []);
    const bare = { ...named, spec: { restartPolicy: "Never", containers: [{ name: "test" }] } };
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
      capacity(deployment(), {
        settings: settingsWith(),
        room: plannedRoom(settingsWith()),
        resources: [deployment(), ...resources],
      });
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
