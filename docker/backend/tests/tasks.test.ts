import assert from "node:assert/strict";
import { startApp, type TestApp } from "./support/app.ts";
import { postgres } from "./support/mocha-setup.ts";

const UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";

describe("/api/tasks", () => {
  let app: TestApp;

  before(async () => {
    app = await startApp();
  });
  after(() => app.close());
  beforeEach(() => postgres().admin("truncate tasks", app.databaseUrl));

  const add = async (title: string): Promise<string> => {
    const { status, body } = await app.call("POST", "/api/tasks", { title });
    assert.equal(status, 201);
    return String(body.id);
  };

  it("is empty at first", async () => {
    const { status, body } = await app.call("GET", "/api/tasks");
    assert.equal(status, 200);
    assert.deepEqual(body, { tasks: [], nextCursor: null });
  });

  it("adds a task and returns its location", async () => {
    const { status, headers, body } = await app.call("POST", "/api/tasks", { title: " buy milk " });
    assert.equal(status, 201);
    assert.equal(body.title, "buy milk");
    assert.equal(body.completed, false);
    assert.equal(headers.get("location"), `/api/tasks/${String(body.id)}`);
    assert.ok(!Number.isNaN(Date.parse(String(body.createdAt))));
    assert.deepEqual((await app.call("GET", `/api/tasks/${String(body.id)}`)).body, body);
  });

  it("lists the newest first", async () => {
    for (const title of ["one", "two", "three"]) await add(title);
    const { body } = await app.call("GET", "/api/tasks");
    const titles = (body.tasks as { title: string }[]).map((task) => task.title);
    assert.deepEqual(titles, ["three", "two", "one"]);
  });

  it("completes, reopens and renames", async () => {
    const path = `/api/tasks/${await add("walk")}`;
    const completed = await app.call("PATCH", path, { completed: true });
    assert.deepEqual([completed.status, completed.body.completed], [200, true]);
    const renamed = await app.call("PATCH", path, { title: "run" });
    assert.deepEqual([renamed.body.title, renamed.body.completed], ["run", true]);
    const reopened = await app.call("PATCH", path, { completed: false });
    assert.deepEqual([reopened.body.title, reopened.body.completed], ["run", false]);
    assert.ok(String(reopened.body.updatedAt) > String(reopened.body.createdAt));
  });

  it("deletes once", async () => {
    const path = `/api/tasks/${await add("walk")}`;
    assert.equal((await app.call("DELETE", path)).status, 204);
    assert.equal((await app.call("DELETE", path)).status, 404);
    assert.equal((await app.call("GET", path)).status, 404);
  });

  it("stores any text unchanged", async () => {
    const title = `'); drop table tasks; -- <b>"naïve"</b> 🦄 \\u0000 %s $1`;
    const path = `/api/tasks/${await add(title)}`;
    assert.equal((await app.call("GET", path)).body.title, title);
  });

  it("counts characters as PostgreSQL does", async () => {
    const path = `/api/tasks/${await add("🦄".repeat(200))}`;
    assert.equal((await app.call("GET", path)).body.title, "🦄".repeat(200));
    const tooLong = await app.call("POST", "/api/tasks", { title: "🦄".repeat(201) });
    assert.equal(tooLong.status, 400);
  });

  for (const [method, body] of [
    ["GET", undefined],
    ["PATCH", { completed: true }],
    ["DELETE", undefined],
  ] as const) {
    it(`${method} answers 404 for an unknown task and 400 for an invalid id`, async () => {
      const missing = await app.call(method, `/api/tasks/${UNKNOWN_ID}`, body);
      assert.equal(missing.status, 404);
      assert.equal(missing.body.detail, `There is no task ${UNKNOWN_ID}.`);
      const wrong = await app.call(method, "/api/tasks/17", body);
      assert.equal(wrong.status, 400);
      assert.deepEqual(wrong.body.errors, [
        { pointer: "/params/id", detail: 'must match format "uuid"' },
      ]);
    });
  }
});
