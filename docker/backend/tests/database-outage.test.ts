import assert from "node:assert/strict";
import { hold } from "../tools/local-postgres.ts";
import { startApp, type TestApp } from "./support/app.ts";
import { postgres } from "./support/mocha-setup.ts";
import { waitFor } from "./support/process.ts";
import { Tunnel } from "./support/tunnel.ts";

describe("a database outage", () => {
  let app: TestApp;
  let tunnel: Tunnel;

  before(async () => {
    tunnel = await Tunnel.open(postgres().port);
    const url = new URL(await postgres().database());
    url.port = String(tunnel.port);
    app = await startApp({ url: url.href });
    // Open several connections, which then break.
    await Promise.all(Array.from({ length: 8 }, () => app.call("GET", "/api/tasks")));
  });
  after(async () => {
    await app.close();
    tunnel.close();
  });

  const requests = [
    ["GET", "/api/tasks", undefined],
    ["POST", "/api/tasks", { title: "x" }],
    ["PATCH", "/api/tasks/00000000-0000-4000-8000-000000000000", { completed: true }],
    ["DELETE", "/api/tasks/00000000-0000-4000-8000-000000000000", undefined],
  ] as const;

  const expectAway = async (): Promise<void> => {
    for (const [method, path, body] of requests) {
      const answer = await app.call(method, path, body);
      assert.equal(answer.status, 503, `${method} ${path}`);
      assert.match(answer.headers.get("content-type") ?? "", /problem\+json/);
      assert.equal(answer.headers.get("retry-after"), "2");
      assert.match(String(answer.body.detail), /database is not available/);
    }
    const ready = await app.call("GET", "/health/ready");
    assert.equal(ready.status, 503);
    assert.deepEqual(ready.body, { status: "not_ready", database: "disconnected" });
    assert.equal((await app.call("GET", "/health/live")).status, 200);
  };

  const expectBack = async (): Promise<void> => {
    await waitFor(async () => (await app.call("GET", "/health/ready")).status === 200, "ready");
    assert.equal((await app.call("GET", "/api/tasks")).status, 200);
    assert.equal((await app.call("POST", "/api/tasks", { title: "x" })).status, 201);
  };

  it("answers 503 while the server is stopped, and recovers", async () => {
    await postgres().stop();
    await expectAway();
    await postgres().start();
    await expectBack();
  });

  it("with an unresponsive network makes readiness fail within 2 s and requests time out, and recovers", async () => {
    tunnel.dropAll();
    try {
      const started = performance.now();
      const ready = await app.call("GET", "/health/ready");
      assert.equal(ready.status, 503);
      assert.ok(performance.now() - started < 2500, "bounded");
      assert.equal((await app.call("GET", "/health/live")).status, 200);
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => app.call("GET", "/api/tasks")),
      );
      assert.ok(answers.every((answer) => answer.status === 503));
      assert.ok(
        performance.now() - started < 12_000,
        "bounded, also in the queue for a connection",
      );
    } finally {
      tunnel.restore();
    }
    await expectBack();
  });

  it("that cuts every connection at once, as a failover does, is survived", async () => {
    const load = Array.from({ length: 20 }, async () => {
      const answer = await app.call("GET", "/api/tasks");
      assert.ok([200, 503].includes(answer.status), `status ${answer.status}`);
    });
    await postgres().admin(
      "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname is not null",
    );
    await Promise.all(load);
    await expectBack();
  });

  it("does not include a slow statement: it times out, and readiness stays", async () => {
    const unlock = await hold(app.databaseUrl, "lock table tasks");
    const [list, ready] = await Promise.all([
      app.call("GET", "/api/tasks"),
      app.call("GET", "/health/ready"),
    ]);
    await unlock();
    assert.equal(list.status, 503);
    assert.equal(ready.status, 200);
    await expectBack();
  });
});
