import assert from "node:assert/strict";
import { Load } from "../support/e2e/load";
import { assertCode } from "../support/e2e/project";
import { app, cluster, project } from "../support/e2e/system";

const preview = () => project.pulumi("preview", "--stack", "dev", "--diff");

/** Runs work and says which components got new pods. */
async function rolledBy(work: () => Promise<void>): Promise<string[]> {
  const components = ["backend", "frontend", "database"];
  const before = await Promise.all(components.map((name) => cluster.podUids(name)));
  await work();
  const after = await Promise.all(components.map((name) => cluster.podUids(name)));
  return components.filter((_, index) => String(before[index]) !== String(after[index]));
}

/** Runs work under a load, and asserts that not one request failed. */
async function withoutFailedRequest(work: () => Promise<void>): Promise<void> {
  const load = new Load(app.url, await app.session());
  try {
    await work();
  } finally {
    const { requests, failures } = await load.stop();
    console.log(`      ${requests} requests, ${failures.length} failed`);
    assert.deepEqual(failures, []);
    assert.ok(requests > 100, `only ${requests} requests: too few to say anything`);
  }
}

/** What a running backend answers on a path of its own. */
async function backendAnswers(path: string): Promise<string> {
  const ask = `fetch("http://127.0.0.1:7860${path}").then((r) => r.text()).then(console.log)`;
  return cluster.kubectl("exec", "deployment/todo-backend", "--", "node", "-e", ask);
}

describe("a change", () => {
  it("of a source line shows in preview, and rolls its own pods without a failed request", async () => {
    project.edit("docker/backend/src/health/routes.ts", (text) =>
      text.replace('"todo-chatbot-api"', '"todo-chatbot-api-edited"'),
    );
    assert.match((await preview()).output, /backend-image[\s\S]*todo-backend:1\.0\.0-/);
    const rolled = await rolledBy(() =>
      withoutFailedRequest(async () => {
        assertCode(await project.up());
      }),
    );
    assert.deepEqual(rolled, ["backend"]);
    assert.match(await backendAnswers("/health/live"), /todo-chatbot-api-edited/);
  });

  it("of the frontend's source rolls the frontend without a failed request", async () => {
    project.edit("docker/frontend/src/app/layout.tsx", (text) => `${text}\n// edited\n`);
    const rolled = await rolledBy(() =>
      withoutFailedRequest(async () => {
        assertCode(await project.up());
      }),
    );
    assert.deepEqual(rolled, ["frontend"]);
  });

  it("anywhere in the chart shows in preview and upgrades the release, not the pods", async () => {
    project.edit("helm/todo-app/templates/NOTES.txt", (text) => `${text}\nEdited.\n`);
    assert.match((await preview()).output, /chart-release[\s\S]*chart-hash/);
    const rolled = await rolledBy(async () => {
      assertCode(await project.up());
    });
    assert.deepEqual(rolled, []);
    const notes = ["--kube-context", "todo-e2e", "-n", "todo-app", "get", "notes", "todo-app"];
    assert.match(await project.tool("helm", ...notes), /Edited\./);
  });

  it("of the ConfigMap rolls both web services", async () => {
    project.configure({ configMap: { logLevel: "debug" } });
    const rolled = await rolledBy(async () => {
      assertCode(await project.up());
    });
    assert.deepEqual(rolled, ["backend", "frontend"]);
    const environment = await cluster.kubectl(
      ...["exec", "deployment/todo-backend", "--", "node", "-p", "process.env.LOG_LEVEL"],
    );
    assert.equal(environment.trim(), "debug");
  });

  it("of a secret rolls the backend alone, and its value is shown nowhere", async () => {
    const value = "a-secret-that-nobody-prints-0123456789";
    assertCode(
      await project.pulumi("config", "set", "--stack", "dev", "--secret", "jwtSecret", value),
    );
    const shown = await preview();
    const rolled = await rolledBy(async () => {
      const outcome = await project.up();
      assertCode(outcome);
      assert.ok(!outcome.output.includes(value));
    });
    assert.deepEqual(rolled, ["backend"]);
    assert.ok(!shown.output.includes(value));
    assert.ok(!(await project.pulumi("stack", "export", "--stack", "dev")).output.includes(value));
    const environment = await cluster.kubectl(
      ...["exec", "deployment/todo-backend", "--", "node", "-p", "process.env.JWT_SECRET"],
    );
    assert.equal(environment.trim(), value);
  });
});
