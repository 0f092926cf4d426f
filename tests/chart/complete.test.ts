/** What the chart makes where nothing is there before it: namespace, ConfigMap, Secret and database. */
import assert from "node:assert/strict";
import { at } from "../../lib/pulumi/values";
import type { Manifest } from "../support/chart/helm";
import { find, names, render } from "../support/chart/helm";
import { COMPLETE, SECRETS } from "../support/chart/scenarios";

const env = (object: Manifest, pod: string, name: string) =>
  (at(object, `${pod}.containers.0.env`) as { name: string }[]).find((one) => one.name === name);

describe("chart: complete by itself", () => {
  let objects: Manifest[];
  before(async () => {
    objects = await render(COMPLETE, ["--namespace", "default"]);
  });

  it("makes the namespace, restricted, and everything in it", () => {
    const namespace = find(objects, "Namespace", "todo");
    for (const mode of ["enforce", "audit", "warn"]) {
      assert.equal(namespace.metadata.labels[`pod-security.kubernetes.io/${mode}`], "restricted");
    }
    for (const { kind, metadata } of objects) {
      assert.equal(metadata.namespace, kind === "Namespace" ? undefined : "todo", metadata.name);
    }
  });

  it("leaves a namespace alone that Helm has made for the release", async () => {
    const own = await render(COMPLETE, ["--namespace", "todo"]);
    assert.deepEqual(names(own, "Namespace"), []);
  });

  it("puts the database's address into the Secret, with the password that the database has", () => {
    const password = String(
      at(find(objects, "Secret", "todo-postgres"), "stringData.POSTGRES_PASSWORD"),
    );
    assert.match(password, /^[A-Za-z0-9]{48}$/);
    const url = `postgresql://todo:${password}@todo-postgres:5432/todo`;
    const secret = at(find(objects, "Secret", "todo-secrets"), "stringData") as Record<
      string,
      string
    >;
    assert.deepEqual(Object.keys(secret), ["BETTER_AUTH_SECRET", "DATABASE_URL", "JWT_SECRET"]);
    assert.equal(secret.DATABASE_URL, url);
    assert.notEqual(secret.JWT_SECRET, secret.BETTER_AUTH_SECRET);
    // The migration gets what it needs, and no more.
    const migration = find(objects, "Secret", "todo-app-migration-local");
    assert.deepEqual(at(migration, "stringData"), { DATABASE_URL: url });
  });

  it("migrates while the database starts, and before everything at an upgrade", async () => {
    const isHook = ({ metadata }: Manifest) => "helm.sh/hook" in (metadata.annotations ?? {});
    const first = objects.filter(({ metadata }) => metadata.name.includes("migration"));
    assert.deepEqual(first.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort(), [
      "Job todo-app-migration-local",
      "NetworkPolicy todo-app-migration-local",
      "NetworkPolicy todo-app-migration-local-database",
      "Secret todo-app-migration-local",
    ]);
    assert.deepEqual(first.filter(isHook), []);
    const upgrade = await render(COMPLETE, ["--namespace", "default", "--is-upgrade"]);
    const later = upgrade.filter(({ metadata }) => metadata.name.includes("migration"));
    assert.deepEqual(later.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort(), [
      "Job todo-app-migration-local",
      "NetworkPolicy todo-app-migration-local",
      "NetworkPolicy todo-app-migration-local-database",
      "Secret todo-app-migration-local",
    ]);
    assert.deepEqual(later.filter(isHook), later);
    const job = find(upgrade, "Job", "todo-app-migration-local");
    assert.deepEqual(at(env(job, "spec.template.spec", "DATABASE_URL"), "valueFrom.secretKeyRef"), {
      name: "todo-app-migration-local",
      key: "DATABASE_URL",
    });
    // A rollback makes the first objects again, for which none of that name may be left.
    for (const { metadata } of later) {
      assert.equal(
        metadata.annotations?.["helm.sh/hook-delete-policy"],
        "before-hook-creation,hook-succeeded,hook-failed",
        metadata.name,
      );
    }
  });

  it("runs PostgreSQL on a volume that goes with it", () => {
    const set = find(objects, "StatefulSet", "todo-postgres");
    assert.deepEqual(at(set, "spec.persistentVolumeClaimRetentionPolicy"), {
      whenDeleted: "Delete",
      whenScaled: "Retain",
    });
    assert.equal(at(set, "spec.volumeClaimTemplates.0.spec.storageClassName"), "standard");
    assert.equal(at(find(objects, "Service", "todo-postgres"), "spec.clusterIP"), "None");
    assert.deepEqual(
      at(set, "spec.selector.matchLabels"),
      at(find(objects, "NetworkPolicy", "todo-app-database"), "spec.podSelector.matchLabels"),
    );
  });

  it("takes passwords and secrets that are there already", async () => {
    const values = {
      secret: {
        existingSecret: "",
        values: SECRETS,
      },
      postgres: { enabled: true, existingSecret: "password", passwordKey: "pw" },
    };
    const own = await render(values);
    assert.deepEqual(names(own, "Secret"), ["todo-app-migration-local", "todo-secrets"]);
    const set = find(own, "StatefulSet", "todo-postgres");
    assert.deepEqual(
      at(env(set, "spec.template.spec", "POSTGRES_PASSWORD"), "valueFrom.secretKeyRef"),
      {
        name: "password",
        key: "pw",
      },
    );
  });
});

describe("chart: the ConfigMap", () => {
  it("says where the services find each other, and rolls the pods when it changes", async () => {
    const data = async (values: Record<string, unknown>) => {
      const objects = await render(values);
      const deployment = find(objects, "Deployment", "todo-frontend");
      return {
        data: at(find(objects, "ConfigMap", "todo-config"), "data"),
        checksum: at(deployment, "spec.template.metadata.annotations.checksum/config"),
      };
    };
    const before = await data({});
    assert.deepEqual(before.data, {
      BACKEND_URL: "http://todo-backend:7860",
      FRONTEND_URL: "http://todo-frontend:3000",
      BETTER_AUTH_URL: "http://todo-frontend:3000",
      LOG_LEVEL: "info",
      NODE_ENV: "production",
    });
    const after = await data({
      configMap: { data: { LOG_LEVEL: "debug", FRONTEND_URL: "http://localhost:1" } },
      ingress: { enabled: true, host: "todo.example.org", tls: { enabled: true } },
    });
    assert.equal(at(after.data, "LOG_LEVEL"), "debug");
    assert.equal(at(after.data, "FRONTEND_URL"), "http://localhost:1");
    assert.equal(at(after.data, "BETTER_AUTH_URL"), "https://todo.example.org");
    assert.match(String(before.checksum), /^[0-9a-f]{64}$/);
    assert.notEqual(after.checksum, before.checksum);
  });

  it("is another's where it is named", async () => {
    const objects = await render({ configMap: { existingConfigMap: "theirs" } });
    assert.deepEqual(names(objects, "ConfigMap"), []);
  });
});

describe("chart: the Secret", () => {
  it("rolls the pods that read it, and no others", async () => {
    const checksum = async (component: string, value: string) => {
      const values = { ...SECRETS, JWT_SECRET: value.repeat(32) };
      const objects = await render({ secret: { existingSecret: "", values } });
      const deployment = find(objects, "Deployment", `todo-${component}`);
      return at(deployment, "spec.template.metadata.annotations.checksum/secret");
    };
    assert.notEqual(await checksum("backend", "c"), await checksum("backend", "d"));
    assert.equal(await checksum("frontend", "c"), undefined);
  });
});

describe("chart: ServiceAccounts", () => {
  it("are one for each workload, without a token", async () => {
    const objects = await render();
    assert.deepEqual(names(objects, "ServiceAccount"), ["todo-backend", "todo-frontend"]);
    for (const name of ["todo-backend", "todo-frontend"]) {
      assert.equal(
        at(find(objects, "ServiceAccount", name), "automountServiceAccountToken"),
        false,
      );
      const deployment = find(objects, "Deployment", name);
      assert.equal(at(deployment, "spec.template.spec.serviceAccountName"), name);
    }
  });

  it("are others where the values name them", async () => {
    const objects = await render({
      backend: { serviceAccount: { name: "api" } },
      frontend: { serviceAccount: { create: false } },
    });
    assert.deepEqual(names(objects, "ServiceAccount"), ["api"]);
    const account = (name: string) =>
      at(find(objects, "Deployment", name), "spec.template.spec.serviceAccountName");
    assert.equal(account("todo-backend"), "api");
    assert.equal(account("todo-frontend"), "default");
  });
});
