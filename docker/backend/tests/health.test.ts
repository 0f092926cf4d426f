import assert from "node:assert/strict";
import { readMigrations } from "../src/database/migrations.ts";
import { migrate } from "../src/database/migrator.ts";
import { freePort } from "../tools/local-postgres.ts";
import { silentLog, startApp } from "./support/app.ts";

describe("health", () => {
  it("is alive, healthy and ready with a database", async () => {
    const app = await startApp();
    try {
      const service = { service: "todo-chatbot-api", version: "1.2.3" };
      const live = await app.call("GET", "/health/live");
      assert.deepEqual([live.status, live.body], [200, { status: "alive", ...service }]);
      const health = await app.call("GET", "/health");
      assert.deepEqual([health.status, health.body], [200, { status: "healthy", ...service }]);
      for (const path of ["/health/ready", "/ready"]) {
        const ready = await app.call("GET", path);
        assert.equal(ready.status, 200);
        assert.deepEqual(ready.body, { status: "ready", database: "connected" });
        assert.equal(ready.headers.get("cache-control"), "no-store");
      }
    } finally {
      await app.close();
    }
  });

  it("starts without a database, and says so in readiness alone", async () => {
    const url = `postgresql://todo:pw@127.0.0.1:${await freePort()}/todo`;
    const app = await startApp({ url, migrated: false });
    try {
      assert.equal((await app.call("GET", "/health/live")).status, 200);
      assert.equal((await app.call("GET", "/health")).status, 200);
      const ready = await app.call("GET", "/health/ready");
      assert.equal(ready.status, 503);
      assert.deepEqual(ready.body, { status: "not_ready", database: "disconnected" });
    } finally {
      await app.close();
    }
  });

  it("is ready only after the migrations", async () => {
    const app = await startApp({ migrated: false });
    try {
      const before = await app.call("GET", "/health/ready");
      assert.equal(before.status, 503);
      assert.deepEqual(before.body, {
        status: "not_ready",
        database: "connected",
        reason: "migrations_pending",
      });
      assert.equal((await app.call("GET", "/api/tasks")).status, 503);
      const migrations = await readMigrations();
      await migrate({ url: app.databaseUrl, migrations, log: silentLog, waitSeconds: 5 });
      assert.equal((await app.call("GET", "/health/ready")).status, 200);
      assert.equal((await app.call("GET", "/api/tasks")).status, 200);
    } finally {
      await app.close();
    }
  });

  it("is not ready while draining, and closes connections", async () => {
    const app = await startApp();
    try {
      assert.equal(
        (await app.call("GET", "/health/ready")).headers.get("connection"),
        "keep-alive",
      );
      app.lifecycle.draining = true;
      const ready = await app.call("GET", "/health/ready");
      assert.equal(ready.status, 503);
      assert.deepEqual(ready.body, {
        status: "not_ready",
        database: "connected",
        reason: "draining",
      });
      assert.equal(ready.headers.get("connection"), "close");
      assert.equal((await app.call("GET", "/health/live")).status, 200);
      assert.equal((await app.call("GET", "/api/tasks")).status, 200);
    } finally {
      await app.close();
    }
  });
});
