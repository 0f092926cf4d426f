import assert from "node:assert/strict";
import { at } from "../../lib/pulumi/values";
import type { Manifest } from "../support/chart/helm";
import { find, names, render } from "../support/chart/helm";

const annotations = (object: Manifest) => object.metadata.annotations ?? {};
const hooked = (objects: readonly Manifest[]) =>
  objects.filter((object) => "helm.sh/hook" in annotations(object));

describe("chart: hooks", () => {
  let objects: Manifest[];
  before(async () => {
    objects = await render();
  });

  it("are the migration, its policies and the tests", () => {
    const found = hooked(objects).map((object) => `${object.kind} ${object.metadata.name}`);
    assert.deepEqual(found.sort(), [
      "Job todo-app-migration",
      "NetworkPolicy todo-app-migration",
      "NetworkPolicy todo-app-migration-database",
      "Pod todo-app-test-health",
      "Pod todo-app-test-tasks",
    ]);
  });

  it("migrate before anything else is touched, and show the log of a failure", () => {
    assert.deepEqual(annotations(find(objects, "Job", "todo-app-migration")), {
      "helm.sh/hook": "pre-install,pre-upgrade",
      "helm.sh/hook-weight": "0",
      "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
      "helm.sh/hook-output-log-policy": "hook-failed",
    });
  });

  it("open the migration's way before it starts, and close it afterwards", () => {
    for (const name of ["todo-app-migration", "todo-app-migration-database"]) {
      assert.deepEqual(annotations(find(objects, "NetworkPolicy", name)), {
        "helm.sh/hook": "pre-install,pre-upgrade",
        "helm.sh/hook-weight": "-5",
        "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
      });
    }
  });

  it("test on demand; a passed test goes, a failed one stays", () => {
    for (const name of ["todo-app-test-health", "todo-app-test-tasks"]) {
      const pod = find(objects, "Pod", name);
      assert.deepEqual(annotations(pod), {
        "helm.sh/hook": "test",
        "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
        "helm.sh/hook-output-log-policy": "hook-succeeded,hook-failed",
        "linkerd.io/inject": "disabled",
      });
      assert.equal(at(pod, "spec.restartPolicy"), "Never");
      assert.equal(at(pod, "spec.activeDeadlineSeconds"), 120);
      assert.equal(pod.metadata.labels.component, "test");
    }
  });

  it("end in a service mesh too: their pods refuse its proxy, which would go on, and no others do", async () => {
    const job = at(
      find(objects, "Job", "todo-app-migration"),
      "spec.template.metadata",
    ) as Manifest["metadata"];
    const pods = ["health", "tasks"].map((name) => find(objects, "Pod", `todo-app-test-${name}`));
    for (const { labels, annotations: given } of [job, ...pods.map(({ metadata }) => metadata)]) {
      assert.equal(labels["sidecar.istio.io/inject"], "false");
      assert.equal(given?.["linkerd.io/inject"], "disabled");
    }
    const deployment = at(find(objects, "Deployment", "todo-backend"), "spec.template.metadata");
    assert.doesNotMatch(JSON.stringify(deployment), /inject/);
    const other = { passingPods: { labels: { "sidecar.istio.io/inject": "true" } } };
    const changed = find(await render(other), "Job", "todo-app-migration");
    const inject = (at(changed, "spec.template.metadata") as Manifest["metadata"]).labels;
    assert.equal(inject["sidecar.istio.io/inject"], "true");
  });

  it("can be left out", async () => {
    const none = await render({ migration: { enabled: false }, tests: { enabled: false } });
    assert.deepEqual(hooked(none), []);
  });
});

describe("chart: the migration Job", () => {
  it("runs the backend's image with the database's address, and gives up in time", async () => {
    const job = find(
      await render({ migration: { env: { LOG_LEVEL: "debug" } } }),
      "Job",
      "todo-app-migration",
    );
    assert.equal(at(job, "spec.backoffLimit"), 2);
    assert.equal(at(job, "spec.activeDeadlineSeconds"), 120);
    assert.equal(at(job, "spec.ttlSecondsAfterFinished"), 3600);
    assert.equal(at(job, "spec.template.spec.restartPolicy"), "Never");
    assert.equal(at(job, "spec.template.metadata.labels.component"), "migration");
    const container = at(job, "spec.template.spec.containers.0");
    assert.equal(at(container, "image"), "todo-backend:1.0.0");
    assert.deepEqual(at(container, "command"), ["node", "dist/migrate.js"]);
    // Nothing from the ConfigMap: at a first install it may come later than this Job.
    assert.equal(at(container, "envFrom"), undefined);
    assert.deepEqual(at(container, "env"), [
      { name: "VERSION", value: "1.0.0" },
      {
        name: "DATABASE_URL",
        valueFrom: { secretKeyRef: { name: "todo-secrets", key: "DATABASE_URL" } },
      },
      { name: "LOG_LEVEL", value: "debug" },
      { name: "MIGRATE_WAIT_SECONDS", value: "20" },
    ]);
  });
});

describe("chart: Helm tests", () => {
  it("ask the addresses that the values give the services", async () => {
    const objects = await render({
      backend: { service: { name: "api", port: 81 }, probes: { readiness: { path: "/ready" } } },
      frontend: { service: { port: 80 } },
      tests: { tasksPath: "/todos", signUpPath: "/in", deleteUserPath: "/out", timeoutSeconds: 30 },
    });
    assert.deepEqual(names(objects, "Pod"), ["todo-app-test-health", "todo-app-test-tasks"]);
    assert.deepEqual(at(find(objects, "Pod", "todo-app-test-tasks"), "spec.containers.0.env"), [
      { name: "BACKEND_URL", value: "http://api:81" },
      { name: "FRONTEND_URL", value: "http://todo-frontend:80" },
      { name: "BACKEND_READY_PATH", value: "/ready" },
      { name: "FRONTEND_READY_PATH", value: "/api/ready" },
      { name: "TASKS_PATH", value: "/todos" },
      { name: "SIGN_UP_PATH", value: "/in" },
      { name: "DELETE_USER_PATH", value: "/out" },
      { name: "TIMEOUT_SECONDS", value: "30" },
    ]);
  });
});
