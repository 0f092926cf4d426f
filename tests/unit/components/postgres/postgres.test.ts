import assert from "node:assert/strict";
import { outputIsSecret, valueOf } from "../../../../cli/preview/registered-resource";
import { Postgres, postgresArgs } from "../../../../components";
import { isSecret, visible } from "../../../../lib/pulumi/values";
import { assertComponent, deployComponent } from "../../../support/component";
import { settingsWith } from "../../../support/fixtures";

const PASSWORD = "random:index/randomPassword:RandomPassword";
const SECRET_TYPE = "kubernetes:core/v1:Secret";
const SERVICE_TYPE = "kubernetes:core/v1:Service";
const CLAIM_TYPE = "kubernetes:core/v1:PersistentVolumeClaimPatch";
const RECORD = "pulumi-nodejs:dynamic:Resource postgres-data";
const SET_TYPE = "kubernetes:apps/v1:StatefulSet";
const POD = "spec.template.spec";
const CONTAINER = `${POD}.containers.0`;

async function postgres(settings: Record<string, unknown> = {}, preview = false) {
  const { value, resources } = await deployComponent(
    (inCluster) =>
      new Postgres("postgres", postgresArgs(settingsWith(settings), "mine"), inCluster),
    { preview },
  );
  return { value, resources, set: resources.one(SET_TYPE) };
}

describe("components: Postgres", () => {
  it("is a StatefulSet with its Service, its Secret and its password", async () => {
    const { value, resources } = await postgres();
    const component = assertComponent(resources, "todo-chatbot:database:Postgres", "postgres", [
      `${PASSWORD} postgres-password`,
      `${SECRET_TYPE} todo-postgres`,
      `${SERVICE_TYPE} postgres-service`,
      `${SET_TYPE} postgres-statefulset`,
      `${CLAIM_TYPE} postgres-claim`,
      RECORD,
    ]);
    assert.ok(value.url);
    assert.equal(
      await valueOf(value.url),
      "postgresql://todo:generated-for-postgres-password@todo-postgres:5432/todo",
    );
    assert.ok(isSecret(component.outputs?.url));
  });

  it("is only its password and what its data needs while another database is used: the volume stays until destroy", async () => {
    const databaseUrl = "postgresql://neon:hush@ep-1.neon.example/todo";
    const { value, resources } = await deployComponent(
      (inCluster) =>
        new Postgres("postgres", postgresArgs(settingsWith({ databaseUrl }), "mine"), inCluster),
    );
    assertComponent(resources, "todo-chatbot:database:Postgres", "postgres", [
      `${PASSWORD} postgres-password`,
      RECORD,
    ]);
    assert.equal(value.url, undefined);
  });

  for (const preview of [false, true]) {
    it(`shows its password nowhere (preview: ${preview})`, async () => {
      const { value, resources } = await postgres({}, preview);
      assert.ok(value.url && (await outputIsSecret(value.url)));
      assert.ok(
        isSecret(resources.one(SECRET_TYPE).wire.stringData) ||
          isSecret(
            (resources.one(SECRET_TYPE).wire.stringData as { POSTGRES_PASSWORD: unknown })
              .POSTGRES_PASSWORD,
          ),
      );
      const all = resources.all.map(({ wire, outputs }) => [wire, outputs]);
      assert.doesNotMatch(visible(all), /generated-for/);
    });
  }

  it("keeps its password as long as its volume, whatever the program says later", async () => {
    const { resources } = await postgres();
    const { ignoreChanges, inputs } = resources.one(PASSWORD);
    assert.deepEqual(ignoreChanges.sort(), ["length", "special"]);
    // Letters and digits alone: it stands in a URL.
    assert.deepEqual(inputs, { length: 32, special: false });
  });

  it("runs as a user of its own, restricted, with a read-only root", async () => {
    const { set } = await postgres();
    assert.deepEqual(set.input(`${POD}.securityContext`), {
      runAsNonRoot: true,
      runAsUser: 10001,
      runAsGroup: 10001,
      fsGroup: 10001,
      seccompProfile: { type: "RuntimeDefault" },
    });
    assert.deepEqual(set.input(`${CONTAINER}.securityContext`), {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    assert.equal(set.input(`${POD}.automountServiceAccountToken`), false);
    assert.equal(set.input(`${CONTAINER}.image`), "postgres:18.4");
  });

  it("writes to its volume, /tmp and the socket's folder alone", async () => {
    const { set } = await postgres();
    assert.deepEqual(set.input(`${CONTAINER}.volumeMounts`), [
      { name: "data", mountPath: "/var/lib/postgresql/data" },
      { name: "tmp", mountPath: "/tmp" },
      { name: "run", mountPath: "/var/run/postgresql" },
    ]);
    assert.deepEqual(set.input("spec.volumeClaimTemplates"), [
      {
        metadata: { name: "data", labels: { app: "todo-app", component: "database" } },
        spec: {
          accessModes: ["ReadWriteOnce"],
          resources: { requests: { storage: "1Gi" } },
        },
      },
    ]);
  });

  it("grows the claim of the StatefulSet in place, and never replaces the StatefulSet for it", async () => {
    const { resources, set } = await postgres({ postgres: { storage: "2Gi" } });
    const claim = resources.one(CLAIM_TYPE);
    assert.equal(claim.input("metadata.name"), "data-todo-postgres-0");
    assert.deepEqual(claim.input("metadata.annotations"), {
      "pulumi.com/skipAwait": "true",
      "pulumi.com/patchForce": "true",
    });
    const [template] = set.input("spec.volumeClaimTemplates") as Record<string, unknown>[];
    assert.deepEqual(claim.input("spec"), template?.spec);
    assert.deepEqual(set.ignoreChanges, ["spec.volumeClaimTemplates"]);
    // Another class is refused by the record, in words, and not by the API server first.
    assert.deepEqual(claim.ignoreChanges, ["spec.storageClassName"]);
    // A refused size is never recorded, and a refused change never reaches the StatefulSet.
    const record = resources.one("pulumi-nodejs:dynamic:Resource");
    assert.deepEqual(record.dependencies, [claim.urn]);
    assert.ok(set.dependencies.includes(record.urn));
  });

  it("checks the data in its volume before PostgreSQL starts", async () => {
    const { set } = await postgres({ postgres: { existingData: "keep" } });
    const check = set.input(`${POD}.initContainers.0`) as Record<string, unknown>;
    for (const part of [
      "image",
      "imagePullPolicy",
      "securityContext",
      "resources",
      "volumeMounts",
    ]) {
      assert.deepEqual(check[part], set.input(`${CONTAINER}.${part}`), part);
    }
    assert.deepEqual(check.env, [
      ...(set.input(`${CONTAINER}.env`) as unknown[]),
      { name: "EXISTING_DATA", value: "keep" },
    ]);
    const [, , script = ""] = check.command as string[];
    assert.match(script, /PG_VERSION/);
    // Kubernetes replaces $$ and $(VARIABLE) in a command.
    assert.doesNotMatch(script, /\$\$|\$\([A-Z_]+\)/);
  });

  it("takes the image's variables, the password by reference", async () => {
    const { set } = await postgres();
    assert.deepEqual(set.input(`${CONTAINER}.env`), [
      { name: "POSTGRES_USER", value: "todo" },
      { name: "POSTGRES_DB", value: "todo" },
      {
        name: "POSTGRES_PASSWORD",
        valueFrom: { secretKeyRef: { name: "todo-postgres-1a2b3c4d", key: "POSTGRES_PASSWORD" } },
      },
      { name: "PGDATA", value: "/var/lib/postgresql/data/pgdata" },
      { name: "PGPORT", value: "5432" },
    ]);
  });

  it("is found by its Service, and awaited by its probes", async () => {
    const { resources, set } = await postgres();
    const service = resources.one(SERVICE_TYPE);
    const selector = { app: "todo-app", component: "database" };
    assert.deepEqual(service.input("spec.selector"), selector);
    assert.deepEqual(set.input("spec.selector.matchLabels"), selector);
    assert.equal(set.input("spec.template.metadata.labels.component"), "database");
    assert.equal(service.input("spec.ports.0.port"), 5432);
    assert.equal(service.input("metadata.name"), "todo-postgres");
    assert.deepEqual(service.input("metadata.annotations"), { "pulumi.com/skipAwait": "true" });
    assert.equal(service.input("spec.clusterIP"), "None");
    for (const probe of ["startupProbe", "livenessProbe"]) {
      assert.deepEqual(set.input(`${CONTAINER}.${probe}.tcpSocket`), { port: 5432 }, probe);
    }
    assert.deepEqual(set.input(`${CONTAINER}.readinessProbe.exec.command`), [
      "pg_isready",
      "--quiet",
      "--host=127.0.0.1",
    ]);
    assert.deepEqual(set.timeouts, { create: "5m", update: "5m" });
  });

  it("follows its settings", async () => {
    const { value, resources, set } = await postgres({
      labels: { app: "mine" },
      postgres: {
        name: "db",
        image: "postgres:17.6",
        runAsUser: 70,
        user: "me",
        database: "tasks",
        storage: "5Gi",
        storageClass: "fast",
      },
    });
    assert.match(String(await valueOf(value.url)), /^postgresql:\/\/me:.*@db:5432\/tasks$/);
    assert.equal(set.input("metadata.name"), "db");
    assert.equal(set.input("spec.serviceName"), "db");
    assert.equal(set.input(`${CONTAINER}.image`), "postgres:17.6");
    assert.equal(set.input(`${POD}.securityContext.fsGroup`), 70);
    assert.equal(set.input("spec.selector.matchLabels.app"), "mine");
    assert.equal(set.input("spec.volumeClaimTemplates.0.spec.storageClassName"), "fast");
    assert.equal(set.input("spec.volumeClaimTemplates.0.spec.resources.requests.storage"), "5Gi");
    resources.one(SECRET_TYPE, "db");
  });

  it("refuses to run as root", async () => {
    const args = { ...postgresArgs(settingsWith(), "mine"), runAsUser: 0 };
    await assert.rejects(
      deployComponent((inCluster) => new Postgres("postgres", args, inCluster)),
      /^Error: Postgres "postgres": runAsUser is 0; expected 1 or more/,
    );
  });
});
