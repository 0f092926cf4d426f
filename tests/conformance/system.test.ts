import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readStackConfig } from "../../cli/stack/stack-config";
import { at } from "../../lib/pulumi/values";
import { secretKeys, serviceName } from "../../settings";
import { find, type Manifest } from "../support/chart/helm";
import { models } from "../support/conformance/model";
import {
  components,
  containerOf,
  podsOf,
  portsOf,
  violations,
} from "../support/conformance/objects";
import { ROOT } from "../support/stacks";

const all = Object.values(models);

/** The one object of a kind whose name begins so: one that Pulumi names has none of its own yet. */
function called(objects: readonly Manifest[], kind: string, keys: string): Manifest {
  const found = objects.filter((object) => object.kind === kind && at(object, keys) !== undefined);
  const [only] = found;
  assert.ok(only && found.length === 1, `one ${kind} with ${keys}, found ${found.length}`);
  return only;
}

const dataOf = (objects: readonly Manifest[]) =>
  at(called(objects, "ConfigMap", "data.BACKEND_URL"), "data") as Record<string, string>;
const secretOf = (objects: readonly Manifest[], key: string) =>
  objects.filter(({ kind, ...rest }) => {
    const content = at(rest, "stringData") as Record<string, string> | undefined;
    return kind === "Secret" && content?.[key] !== undefined;
  });

describe("conformance: every data model's stack", () => {
  it("keeps every policy: limits, probes, users, pinned images, labels, no secret in plain, a node that holds it", async () => {
    for (const model of all) {
      await model.always((deployed, owner) => {
        assert.deepEqual(violations(model, deployed), [], `${model.id}, ${owner}`);
      });
    }
  });

  it("injects the ConfigMap and the Secret's keys into the pods, and refers to nothing that isn't there", async () => {
    for (const model of all) {
      await model.always(({ objects }) => {
        const { backend, frontend, configMap, secrets } = model.settings;
        const keys: Readonly<Record<string, string>> = secrets.keys;
        for (const { name, secretEnv } of [backend, frontend]) {
          const { env, envFrom } = containerOf(objects, name);
          const [from, ...others] = envFrom;
          assert.deepEqual(others, []);
          assert.ok(from?.configMapRef.name.startsWith(configMap.name));
          const refs = env.flatMap(({ name: variable, valueFrom }) =>
            valueFrom === undefined ? [] : [{ variable, ...valueFrom.secretKeyRef }],
          );
          assert.deepEqual(
            refs.map(({ variable }) => variable),
            secretEnv,
          );
          for (const { variable, name: secret, key } of refs) {
            assert.equal(key, keys[variable]);
            assert.ok(secret.startsWith(secrets.name));
            assert.equal(secretOf(objects, key).length, 1, `${model.id}: ${key}`);
          }
        }
      });
    }
  });

  it("leads each Service to the pods of its own Deployment alone, on the port of their container", async () => {
    for (const model of all) {
      await model.always(({ objects }) => {
        const deployments = objects.filter(({ kind }) => kind === "Deployment");
        assert.equal(deployments.length, 2);
        for (const component of components) {
          const settings = model.settings[component];
          const service = find(objects, "Service", serviceName(settings));
          const selector = Object.entries(at(service, "spec.selector") as Record<string, string>);
          const labels = (one: Manifest) =>
            at(one, "spec.template.metadata.labels") as Record<string, string>;
          const matching = deployments.filter((one) =>
            selector.every(([label, value]) => labels(one)[label] === value),
          );
          assert.deepEqual(
            matching.map(({ metadata }) => metadata.name),
            [settings.name],
          );
          const { port, targetPort, protocol, type } = portsOf(objects, serviceName(settings));
          const { ports } = containerOf(objects, settings.name);
          const target = targetPort === "http" ? settings.port : targetPort;
          assert.equal(target, ports[0]?.containerPort);
          assert.equal(protocol, "TCP");
          assert.ok(port >= 1 && port <= 65535);
          assert.ok(["ClusterIP", "NodePort", "LoadBalancer"].includes(type));
        }
      });
    }
  });

  it("has a frontend that can be reached from outside, and a backend inside alone that it finds by its Service", async () => {
    for (const model of all) {
      await model.always(({ objects }) => {
        const { backend, frontend } = model.settings;
        assert.notEqual(portsOf(objects, serviceName(frontend)).type, "ClusterIP");
        const { type, port } = portsOf(objects, serviceName(backend));
        assert.equal(type, "ClusterIP");
        assert.equal(dataOf(objects).BACKEND_URL, `http://${serviceName(backend)}:${port}`);
      });
    }
  });

  it("keeps no session at a pod: affinity None, Kubernetes' default", async () => {
    for (const model of all) {
      await model.always(({ objects }) => {
        for (const component of components) {
          const service = find(objects, "Service", serviceName(model.settings[component]));
          assert.ok([undefined, "None"].includes(at(service, "spec.sessionAffinity") as string));
        }
      });
    }
  });

  it("replaces pods with one more at a time and none less, and gives up a rollout that stalls", async () => {
    for (const model of all) {
      await model.always(({ objects }) => {
        for (const component of components) {
          const { spec } = find(objects, "Deployment", model.settings[component].name);
          assert.deepEqual(at(spec, "strategy"), {
            type: "RollingUpdate",
            rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
          });
          assert.equal(at(spec, "progressDeadlineSeconds"), 90);
        }
      });
    }
  });

  it("gives every pod a user of its own, a read-only root, no token of the API server, and writes nothing that lasts but the database", async () => {
    for (const model of all) {
      await model.always(({ objects }) => {
        for (const { name, pod } of podsOf(objects)) {
          assert.equal(at(pod, "spec.automountServiceAccountToken"), false, name);
          assert.equal(at(pod, "spec.securityContext.runAsNonRoot"), true, name);
          assert.ok(Number(at(pod, "spec.securityContext.runAsUser")) > 0, name);
          for (const container of at(pod, "spec.containers") as unknown[]) {
            assert.equal(at(container, "securityContext.readOnlyRootFilesystem"), true, name);
          }
          for (const volume of (at(pod, "spec.volumes") ?? []) as object[]) {
            assert.ok(!("persistentVolumeClaim" in volume || "hostPath" in volume), name);
          }
        }
      });
    }
  });

  it("spreads the pods of a Deployment over the nodes", async () => {
    for (const model of all) {
      await model.always(({ objects }) => {
        for (const component of components) {
          const deployment = find(objects, "Deployment", model.settings[component].name);
          const spread = at(deployment, "spec.template.spec.topologySpreadConstraints.0");
          assert.equal(at(spread, "topologyKey"), "kubernetes.io/hostname");
        }
      });
    }
  });

  it("denies all traffic between pods but what the application needs", async () => {
    for (const model of all) {
      await model.always(({ objects }) => {
        const policies = objects.filter(({ kind }) => kind === "NetworkPolicy");
        const denies = policies.filter(
          ({ spec }) => at(spec, "ingress") === undefined && at(spec, "egress") === undefined,
        );
        const [all] = denies;
        assert.ok(all, `no NetworkPolicy that denies among ${policies.length}`);
        assert.deepEqual([...(at(all, "spec.policyTypes") as string[])].sort(), [
          "Egress",
          "Ingress",
        ]);
      });
    }
  });

  it("has whole numbers of replicas, one or more", async () => {
    for (const model of all) {
      await model.always(({ objects }) => {
        for (const component of components) {
          const deployment = find(objects, "Deployment", model.settings[component].name);
          const replicas = at(deployment, "spec.replicas") as number;
          assert.ok(Number.isInteger(replicas) && replicas >= 1);
        }
      });
    }
  });

  it("changes configuration without another image", async () => {
    const model = models["001"];
    const images = (await model.deployed()).resources.ofType("docker:index/image:Image");
    const configMap = { ...(model.file.configMap as object), logLevel: "debug" };
    const changed = await model.run({ configMap });
    assert.deepEqual(
      changed.resources.ofType("docker:index/image:Image").map(({ inputs }) => inputs),
      images.map(({ inputs }) => inputs),
    );
    assert.equal(dataOf(changed.objects).LOG_LEVEL, "debug");
  });

  it("takes a hosted PostgreSQL such as Neon by its URL, encrypted, in place of its own", async () => {
    const databaseUrl = "postgresql://neon:word@ep-1.neon.example/todo?sslmode=require";
    for (const model of all) {
      const { objects, resources } = await model.run({ databaseUrl });
      const key = model.settings.secrets.keys.DATABASE_URL;
      const [secret] = secretOf(objects, key);
      assert.equal(at(secret, `stringData.${key}`), databaseUrl);
      assert.deepEqual(resources.ofType("kubernetes:apps/v1:StatefulSet"), []);
    }
  });

  it("has the tables users, tasks, chat_sessions, chat_messages and agent_state, made by the migrations", () => {
    const folder = join(ROOT, "docker", "backend", "migrations");
    const sql = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    for (const table of ["users", "tasks", "chat_sessions", "chat_messages", "agent_state"]) {
      assert.match(sql.join("\n"), new RegExp(`^create table ${table} \\(`, "m"));
    }
  });

  it("makes the Secret before the release and the Deployments that read it", async () => {
    for (const model of all) {
      const { resources } = await model.deployed();
      const secret = resources.one("kubernetes:core/v1:Secret", model.settings.secrets.name);
      const release = resources.one("kubernetes:helm.sh/v3:Release");
      assert.ok(release.dependencies.includes(secret.urn), model.id);
    }
  });

  it("has no secret in its file, and neither has any file of a stack in the repository", () => {
    const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" });
    const files = tracked.split("\0");
    assert.deepEqual(
      files.filter((name) => /(^|\/)\.env(\.|$)|\.pem$|\.key$/.test(name)),
      [],
    );
    const keys: readonly string[] = secretKeys;
    for (const { id, file } of all) {
      assert.deepEqual(
        Object.keys(file).filter((key) => keys.includes(key)),
        [],
        id,
      );
    }
    for (const name of files.filter((path) => /^Pulumi\.[^.]+\.yaml$/.test(path))) {
      const { config } = parse(readFileSync(join(ROOT, name), "utf8")) as { config: object };
      const encrypted = readStackConfig(ROOT, name.split(".")[1] ?? "").secret;
      const plain = Object.keys(config)
        .map((key) => key.split(":")[1] ?? key)
        .filter((key) => keys.includes(key) && !encrypted.includes(key));
      assert.deepEqual(plain, [], name);
    }
  });
});
