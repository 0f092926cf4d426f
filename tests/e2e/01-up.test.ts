import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { assertCode, type Outcome } from "../support/e2e/project";
import { app, cluster, project } from "../support/e2e/system";

let first: Outcome;

// Outside of the suites: where the first up fails, no other test has anything to look at.
before("npm run up", async function () {
  // From nothing it builds every tool first.
  this.timeout(3_000_000);
  first = await project.npm("up");
  assertCode(first);
});

describe("npm run up, from a clean copy", () => {
  it("makes the machine, deploys, and prints a URL", () => {
    assert.match(first.output, new RegExp(app.url));
    console.log(`      ${first.seconds.toFixed(0)} s in all`);
  });

  it("serves the page", async () => {
    assert.match(await app.page(), /<title>[^<]*todo/i);
  });

  it("keeps a task in PostgreSQL", async () => {
    const { id } = await app.addTask("buy milk");
    assert.equal(await cluster.sql(`select title from tasks where id = '${id}'`), "buy milk");
  });

  it("changes nothing when it is run again", async () => {
    const up = await project.up("--expect-no-changes");
    assertCode(up);
    console.log(`      ${/Duration: (\S+)/.exec(up.output)?.[1] ?? "?"} by Pulumi's count`);
  });

  it("leaves npm run doctor nothing to fix, and its lines set up a shell for pulumi", async () => {
    const doctor = await project.npm("doctor");
    assertCode(doctor);
    assert.match(doctor.output, /Nothing to fix/);
    const lines = doctor.output.match(/^ +export .*$/gm) ?? [];
    const byHand = [...lines, "pulumi stack output --stack dev frontendUrl"].join("\n");
    const shell = await project.shell(byHand);
    assertCode(shell);
    assert.equal(shell.output.trim(), app.url);
  });

  it("keeps its tasks when the backend's pods are lost", async () => {
    const { id } = await app.addTask("survive");
    await cluster.kubectl("delete", "pod", "-l", "component=backend", "--wait");
    await cluster.kubectl("rollout", "status", "deployment/todo-backend", "--timeout=120s");
    assert.ok((await app.tasks("survive")).some((task) => task.id === id));
  });

  it("is used in a real browser: accounts, tasks by hand and by chat, at two widths", () => {
    const { status, stdout } = spawnSync("npm", ["run", "--silent", "test:browser"], {
      cwd: join(__dirname, "..", "..", "docker", "frontend"),
      env: { ...process.env, TODO_URL: app.url, FORCE_COLOR: "0" },
      encoding: "utf8",
    });
    console.log(stdout.replaceAll(/^/gm, "      "));
    assert.equal(status, 0);
  });

  it("passes the chart's own tests", async () => {
    await project.tool("helm", "--kube-context", "todo-e2e", "-n", "todo-app", "test", "todo-app");
  });
});
