import assert from "node:assert/strict";
import { startApp, type TestApp } from "./support/app.ts";
import { postgres } from "./support/mocha-setup.ts";

describe("a task's details and versions", () => {
  let app: TestApp;

  before(async () => {
    app = await startApp();
  });
  after(() => app.close());

  const add = async (task: Record<string, unknown> = { title: "x" }): Promise<string> => {
    const { status, body } = await app.call("POST", "/api/tasks", task);
    assert.equal(status, 201, JSON.stringify(body));
    return `/api/tasks/${String(body.id)}`;
  };

  it("are stored as given", async () => {
    const given = {
      ...{ title: "trip", description: "two\nlines", priority: "high", dueDate: "2028-02-29" },
      ...{ tags: [" Fun ", "fun", "2028"], completed: true },
    };
    const { body } = await app.call("GET", await add(given));
    const { id, createdAt, updatedAt, ...rest } = body;
    assert.deepEqual(rest, { ...given, tags: ["fun", "2028"], version: 1 });
    assert.ok(id !== undefined && createdAt === updatedAt);
  });

  it("have defaults", async () => {
    const { body } = await app.call("GET", await add());
    const { description, priority, dueDate, tags, completed, version } = body;
    assert.deepEqual(
      { description, priority, dueDate, tags, completed, version },
      {
        description: "",
        priority: "medium",
        dueDate: null,
        tags: [],
        completed: false,
        version: 1,
      },
    );
  });

  it("change one by one, and each change raises the version", async () => {
    const path = await add({ title: "x", dueDate: "2026-01-01", tags: ["a"] });
    for (const [index, change] of [
      { dueDate: null },
      { description: "more" },
      { description: "" },
      { tags: [] },
      { priority: "low" },
      { completed: true },
    ].entries()) {
      const { status, body, headers } = await app.call("PATCH", path, change);
      assert.equal(status, 200);
      for (const [name, value] of Object.entries(change)) assert.deepEqual(body[name], value);
      assert.equal(body.version, index + 2);
      assert.equal(headers.get("etag"), `"${index + 2}"`);
    }
  });

  for (const [what, task, pointer] of [
    ["an impossible date", { title: "x", dueDate: "2026-02-29" }, "/dueDate"],
    ["a time instead of a date", { title: "x", dueDate: "2026-02-01T10:00:00Z" }, "/dueDate"],
    ["an unknown priority", { title: "x", priority: "urgent" }, "/priority"],
    ["too many tags", { title: "x", tags: Array.from({ length: 21 }, (_, n) => `${n}`) }, "/tags"],
    ["a blank tag", { title: "x", tags: [" "] }, "/tags/0"],
    ["a version", { title: "x", version: 3 }, "/version"],
    ["an owner", { title: "x", userId: "another" }, "/userId"],
  ] as const) {
    it(`refuse ${what}`, async () => {
      const { status, body } = await app.call("POST", "/api/tasks", task);
      assert.equal(status, 400);
      assert.equal((body.errors as { pointer: string }[])[0]?.pointer, pointer);
    });
  }

  for (const method of ["PATCH", "DELETE"] as const) {
    const body = method === "PATCH" ? { title: "mine" } : undefined;

    it(`${method} with If-Match acts only on the version that was read`, async () => {
      const path = await add();
      await app.call("PATCH", path, { title: "changed by another client" });
      for (const match of ['"1"', 'W/"2"', '"3", "1"', '"abc"']) {
        const { status } = await app.call(method, path, body, { "if-match": match });
        assert.equal(status, 412, match);
      }
      const broken = await app.call(method, path, body, { "if-match": "2" });
      assert.equal(broken.status, 400);
      const right = await app.call(method, path, body, { "if-match": '"7", "2"' });
      assert.equal(right.status, method === "PATCH" ? 200 : 204);
    });

    it(`${method} with If-Match: * needs a task, of any version`, async () => {
      const path = await add();
      const any = await app.call(method, path, body, { "if-match": "*" });
      assert.equal(any.status, method === "PATCH" ? 200 : 204);
      const none = "/api/tasks/00000000-0000-4000-8000-000000000000";
      const missing = await app.call(method, none, body, { "if-match": '"1"' });
      assert.equal(missing.status, 404);
    });
  }

  it("let one of two simultaneous changes of the same version win", async () => {
    const path = await add();
    const both = await Promise.all(
      ["a", "b"].map((title) => app.call("PATCH", path, { title }, { "if-match": '"1"' })),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 412]);
  });

  it("count a change by the previous release, and hide tasks without an owner", async () => {
    const path = await add();
    const id = path.split("/").at(-1);
    const old = `update tasks set title = 'by the old one', updated_at = now() where id = '${id}';
      insert into tasks (title) values ('nobody''s')`;
    await postgres().admin(old, app.databaseUrl);
    assert.equal((await app.call("GET", path)).body.version, 2);
    const { body } = await app.call("GET", "/api/tasks?search=nobody");
    assert.deepEqual(body.tasks, []);
  });
});
