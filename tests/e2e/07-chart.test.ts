import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "../support/e2e/app";
import { ChartUser, rolledOut } from "../support/e2e/chart";
import { ClusterView } from "../support/e2e/cluster";
import { Load } from "../support/e2e/load";
import { app, PROFILE, project } from "../support/e2e/system";
import { needsMinutes } from "../support/e2e/time";

const NODE_PORT = Number(new URL(app.url).port);
const user = new ChartUser(project, PROFILE, NODE_PORT);
const names = {
  backend: ["todo-backend:1.0.0", "todo-backend:3.0.0", "todo-chatbot-backend:0.1.0"],
  frontend: ["todo-frontend:1.0.0", "todo-frontend:3.0.0", "todo-chatbot-frontend:0.1.0"],
};

/** Runs work under a load, and asserts that not one request failed. */
async function withoutFailedRequest<T>(work: () => Promise<T>): Promise<T> {
  const load = new Load(app.url, await app.session());
  const result = await work().finally(() => load.stop());
  const { requests, failures } = await load.stop();
  console.log(`      ${requests} requests, ${failures.length} failed`);
  assert.deepEqual(failures, []);
  return result;
}

/** The revision that a release is at, and what is said of it. */
async function revision(...flags: string[]) {
  const status = await user.helm("status", "todo-app", "--output", "json", ...flags);
  return JSON.parse(status) as {
    version: number;
    info: { status: string; description: string };
  };
}

describe("the chart, by helm alone", () => {
  before(async function () {
    needsMinutes(this, 12);
    const contexts = await project
      .tool("kubectl", "config", "get-contexts", "-o", "name")
      .catch(() => "");
    // Run by itself, this file finds no cluster; the ones before it leave an empty one.
    if (!contexts.split("\n").includes(PROFILE)) {
      await project.npm("up");
      await project.npm("destroy");
    }
    await user.images(names);
  });
  after(async () => {
    await user.removeImages([...names.backend, ...names.frontend]).catch(console.error);
  });

  describe("values/dev.yaml", () => {
    const cluster = new ClusterView(project, PROFILE, "todo-app");
    const upgrade = (...flags: string[]) => user.release("upgrade", "values/dev.yaml", ...flags);
    const secrets = () => cluster.kubectl("get", "secret/todo-secrets", "-o", "jsonpath={.data}");
    const image = (side: string) =>
      cluster.kubectl(
        ...["get", `deployment/todo-${side}`, "-o"],
        "jsonpath={.spec.template.spec.containers[0].image}",
      );

    const logLevel = async () => {
      const print = [
        "exec",
        "deployment/todo-backend",
        "--",
        "node",
        "-p",
        "process.env.LOG_LEVEL",
      ];
      return (await cluster.kubectl(...print)).trim();
    };

    /** That work fails, and meanwhile neither a request does nor a pod goes. */
    async function unharmed(work: () => Promise<string>): Promise<string> {
      const pods = async () => [
        ...(await cluster.podUids("backend")),
        ...(await cluster.podUids("frontend")),
      ];
      const before = await pods();
      const said = await withoutFailedRequest(() => user.refusal(work()));
      const after = await pods();
      assert.deepEqual(
        before.filter((uid) => !after.includes(uid)),
        [],
      );
      return said;
    }

    /** Values with which the migration fails, in a file. */
    function brokenMigration(): string {
      const file = join(project.folder, "broken-migration.yaml");
      const command = ["node", "-e", "console.error('broken on purpose'); process.exit(1)"];
      writeFileSync(file, JSON.stringify({ migration: { command }, version: "9.9.9" }));
      return file;
    }

    /** That an upgrade fails, and that the revision before it is there again and serves. */
    async function goesBack(...flags: string[]): Promise<string> {
      const before = await revision();
      const said = await unharmed(() => upgrade(...flags, "--atomic"));
      const { info } = await revision();
      assert.equal(info.status, "deployed");
      assert.match(info.description, new RegExp(`^Rollback to ${before.version}\\b`));
      assert.match(await app.page(), /<title>[^<]*todo/i);
      return said;
    }

    it("installs the whole system in one go", async () => {
      await user.release("install", "values/dev.yaml", "--wait", "--timeout", "6m");
      assert.match(await app.page(), /<title>[^<]*todo/i);
      const { id } = await app.addTask("by helm alone");
      assert.equal(
        await cluster.sql(`select title from tasks where id = '${id}'`),
        "by helm alone",
      );
    });

    it("passes its own tests", async () => {
      assert.match(await user.helm("test", "todo-app"), /Phase: +Succeeded/);
    });

    it("goes back by itself from a first upgrade whose migration fails, to the Job of the install", async () => {
      const said = await goesBack("--values", brokenMigration(), "--timeout", "3m");
      assert.match(said, /pre-upgrade hooks failed/);
      assert.match(said, /broken on purpose/);
      assert.equal(await logLevel(), "info");
      assert.ok((await app.tasks("by helm alone")).some(({ title }) => title === "by helm alone"));
      await cluster.kubectl(
        ...["wait", "job/todo-app-migration-local"],
        ...["--for=condition=complete", "--timeout=120s"],
      );
    });

    it("says how to reach it", async () => {
      const notes = await user.helm("get", "notes", "todo-app");
      const command = /^ *(minikube service todo-frontend --namespace todo-app --url)$/m.exec(
        notes,
      );
      assert.ok(command?.[1] !== undefined, notes);
      const url = await project.tool("sh", "-c", `timeout 60 ${command[1]} --profile ${PROFILE}`);
      assert.match(url, new RegExp(`^http://\\S+:${NODE_PORT}$`, "m"));
    });

    it("upgrades to other values without a failed request, and keeps what it has generated", async () => {
      const before = await secrets();
      const change = ["--set", "configMap.data.LOG_LEVEL=debug"];
      await withoutFailedRequest(() => upgrade(...change, "--atomic", "--timeout", "5m"));
      assert.equal(await logLevel(), "debug");
      assert.equal(await secrets(), before);
      assert.ok((await app.tasks("by helm alone")).some(({ title }) => title === "by helm alone"));
    });

    it("goes back by itself from an image that doesn't exist; the old version serves on", async () => {
      const missing = ["--reuse-values", "--set", "frontend.image.tag=0.0.0-missing"];
      await goesBack(...missing, "--timeout", "60s");
      assert.equal(await image("frontend"), "todo-frontend:1.0.0");
    });

    it("goes back by itself where the migration's image doesn't exist, before a pod is touched", async () => {
      const missing = ["--reuse-values", "--set", "backend.image.tag=0.0.0-missing"];
      const said = await goesBack(...missing, "--timeout", "60s");
      assert.match(said, /pre-upgrade hooks failed/);
      assert.equal(await image("backend"), "todo-backend:1.0.0");
    });

    it("stops at a migration that fails, before a pod is touched, and says why", async () => {
      const said = await unharmed(() => upgrade("--values", brokenMigration(), "--timeout", "3m"));
      assert.match(said, /pre-upgrade hooks failed/);
      assert.match(said, /broken on purpose/);
      assert.equal((await revision()).info.status, "failed");
      const labels = "jsonpath={.metadata.labels.version}";
      assert.equal(await cluster.kubectl("get", "deployment/todo-backend", "-o", labels), "1.0.0");
    });

    it("rolls back to what was installed", async () => {
      await user.helm("rollback", "todo-app", "1", "--wait", "--timeout", "5m");
      assert.equal(await logLevel(), "info");
      assert.ok((await app.tasks("by helm alone")).some(({ title }) => title === "by helm alone"));
    });

    it("uninstalls without leaving anything", async () => {
      await user.helm("uninstall", "todo-app", "--wait", "--timeout", "5m");
      const left = ["get", "namespaces,persistentvolumes", "-o", "name"];
      const deadline = Date.now() + 120_000;
      // Helm doesn't wait for what a namespace takes with it.
      for (;;) {
        const found = await cluster.kubectl(...left);
        if (!/todo-app|persistentvolume\//.test(found)) break;
        assert.ok(Date.now() < deadline, `left: ${found}`);
        await new Promise((done) => setTimeout(done, 2000));
      }
    });
  });

  for (const [model, prefix] of [
    ["001-todo-chatbot", "todo-chatbot"],
    ["002-todo-app", "todo"],
    ["004-todo-app", "todo"],
  ] as const) {
    it(`data model ${model} installs and answers`, async () => {
      const namespace = `chart-${model.slice(0, 3)}`;
      const cluster = new ClusterView(project, PROFILE, namespace);
      const flags = ["--namespace", namespace];
      await project.tool("kubectl", "--context", PROFILE, "create", "namespace", namespace);
      try {
        // Without --wait, which waits for a LoadBalancer's address: Minikube gives one in a tunnel only.
        await user.release("install", `ci/${model}-values.yaml`, ...flags);
        await rolledOut(cluster, prefix);
        const served = new App(`http://127.0.0.1:${NODE_PORT}`);
        assert.match(await served.page(), /<title>[^<]*todo/i);
        await served.addTask(`as in ${model}`);
        assert.match(await user.helm("test", "todo-app", ...flags), /Phase: +Succeeded/);
      } finally {
        await user.helm("uninstall", "todo-app", ...flags, "--wait").catch(console.error);
        await project.tool("kubectl", "--context", PROFILE, "delete", "namespace", namespace);
      }
    });
  }
});
