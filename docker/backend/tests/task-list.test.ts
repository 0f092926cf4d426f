import assert from "node:assert/strict";
import { startApp, type TestApp, type User } from "./support/app.ts";

interface Listed {
  readonly tasks: readonly { readonly title: string; readonly id: string }[];
  readonly nextCursor: string | null;
}

const sampleTasks = [
  { title: "apples", priority: "high", dueDate: "2026-03-02", tags: ["Shop", "food"] },
  { title: "Bread", priority: "low", dueDate: "2026-03-01", tags: ["shop"], completed: true },
  { title: "call the bank", description: "about 100% of it" },
  { title: "dentist", dueDate: "2026-03-09", tags: ["health"], priority: "high" },
  { title: "essay_1", description: "on bread", dueDate: "2026-03-02", priority: "low" },
];

describe("the list of tasks", () => {
  let app: TestApp;
  let user: User;

  before(async () => {
    app = await startApp();
    user = await app.user();
    // Another user has the same tasks, which must never be listed.
    for (const task of sampleTasks) {
      assert.equal((await user.call("POST", "/api/tasks", task)).status, 201);
      await app.call("POST", "/api/tasks", task);
    }
  });
  after(() => app.close());

  const list = async (query: string): Promise<Listed> => {
    const { status, body } = await user.call("GET", `/api/tasks?${query}`);
    assert.equal(status, 200, JSON.stringify(body));
    return body as unknown as Listed;
  };
  const titles = async (query: string): Promise<string> =>
    (await list(query)).tasks.map(({ title }) => title.slice(0, 1).toLowerCase()).join("");

  for (const [query, expected] of [
    ["", "edcba"],
    ["order=asc", "abcde"],
    ["completed=true", "b"],
    ["completed=false", "edca"],
    ["priority=high", "da"],
    ["priority=high&priority=low", "edba"],
    ["tag=shop", "ba"],
    ["tag=SHOP&tag=food", "a"],
    ["dueFrom=2026-03-02", "eda"],
    ["dueFrom=2026-03-02&dueTo=2026-03-02", "ea"],
    ["dueTo=2026-03-01", "b"],
    ["search=bread", "eb"],
    ["search=BANK%20call", "c"],
    ["search=100%25", "c"],
    ["search=_", "e"],
    ["search=health", "d"],
    ["search=%5C", ""],
    ["search=%27%3B%20drop%20table%20tasks%3B--", ""],
    ["sort=title", "abcde"],
    ["sort=title&order=desc", "edcba"],
    ["sort=updatedAt&completed=false&priority=high", "da"],
  ] as const) {
    it(`?${query} is ${expected === "" ? "empty" : expected}`, async () => {
      assert.equal(await titles(query), expected);
    });
  }

  it("by due date has tasks without one last, in both directions", async () => {
    assert.match(await titles("sort=dueDate"), /^b(ae|ea)dc$/);
    assert.match(await titles("sort=dueDate&order=desc"), /^d(ae|ea)bc$/);
    assert.match(await titles("sort=priority"), /^(ad|da)c(be|eb)$/);
  });

  for (const sort of ["createdAt", "updatedAt", "dueDate", "priority", "title"]) {
    for (const order of ["asc", "desc"]) {
      it(`by ${sort} ${order} comes in pages that hold each task once, in order`, async () => {
        const query = `sort=${sort}&order=${order}`;
        const whole = (await list(query)).tasks.map(({ id }) => id);
        for (const limit of [1, 2, 4]) {
          const found: string[] = [];
          let cursor: string | null = "";
          while (cursor !== null) {
            const from: string = cursor === "" ? "" : `&cursor=${cursor}`;
            const page: Listed = await list(`${query}&limit=${limit}${from}`);
            assert.ok(page.tasks.length <= limit);
            found.push(...page.tasks.map(({ id }) => id));
            cursor = page.nextCursor;
          }
          assert.deepEqual(found, whole, `limit ${limit}`);
        }
      });
    }
  }

  it("continues at the cursor although tasks were added and deleted", async () => {
    const other = await app.user();
    for (const title of ["one", "two", "three", "four"]) {
      await other.call("POST", "/api/tasks", { title });
    }
    const first = (await other.call("GET", "/api/tasks?limit=2")).body as unknown as Listed;
    await other.call("DELETE", `/api/tasks/${String(first.tasks[1]?.id)}`);
    await other.call("POST", "/api/tasks", { title: "five" });
    const path = `/api/tasks?limit=2&cursor=${String(first.nextCursor)}`;
    const second = (await other.call("GET", path)).body as unknown as Listed;
    assert.deepEqual(
      second.tasks.map(({ title }) => title),
      ["two", "one"],
    );
    assert.equal(second.nextCursor, null);
  });

  it("refuses a cursor of another list or a forged one", async () => {
    const { nextCursor } = await list("limit=2&sort=title");
    const forge = (value: unknown): string =>
      Buffer.from(JSON.stringify(value)).toString("base64url");
    const id = "00000000-0000-4000-8000-000000000000";
    for (const query of [
      `cursor=${String(nextCursor)}`,
      `sort=title&order=desc&cursor=${String(nextCursor)}`,
      "cursor=nonsense",
      `cursor=${forge(["createdAt desc", "not a time", id])}`,
      `cursor=${forge(["createdAt desc", "2026-01-01 00:00:00+00", "no id"])}`,
      `cursor=${forge(null)}`,
    ]) {
      const { status, body } = await user.call("GET", `/api/tasks?${query}`);
      assert.equal(status, 400, query);
      assert.match(String(body.detail), /cursor doesn't belong to this list/);
    }
  });

  it("comes in pages by title even if the titles are long", async () => {
    const other = await app.user();
    // Characters of four bytes. A cursor holds the whole title.
    for (const last of ["a", "b"]) {
      const { status } = await other.call("POST", "/api/tasks", { title: "🙂".repeat(199) + last });
      assert.equal(status, 201);
    }
    const first = (await other.call("GET", "/api/tasks?sort=title&limit=1")).body;
    const path = `/api/tasks?sort=title&limit=1&cursor=${String(first.nextCursor)}`;
    const second = await other.call("GET", path);
    assert.equal(second.status, 200, JSON.stringify(second.body));
    const [task] = (second.body as unknown as Listed).tasks;
    assert.equal(task?.title, `${"🙂".repeat(199)}b`);
  });

  it("refuses a cursor with an impossible date", async () => {
    const id = "00000000-0000-4000-8000-000000000000";
    const forged = JSON.stringify(["createdAt desc", "2026-99-99 00:00:00+00", id]);
    const cursor = Buffer.from(forged).toString("base64url");
    const { status, body } = await user.call("GET", `/api/tasks?cursor=${cursor}`);
    assert.equal(status, 400);
    assert.match(String(body.detail), /a date or a cursor, that is out of range/);
    assert.doesNotMatch(app.log.join("\n"), /2026-99-99/);
  });

  it("returns each task as GET /api/tasks/:id does", async () => {
    const other = await app.user();
    const hard = {
      ...{ title: 'Ünï "cödé" \\ </script>', description: "two\nlines\u2028and\ttabs 🙂" },
      ...{ priority: "low", dueDate: "2026-12-31", tags: ['a"b', "c,d", "{}"], completed: true },
    };
    for (const task of [hard, { title: "plain" }]) await other.call("POST", "/api/tasks", task);
    const { body, headers } = await other.call("GET", "/api/tasks");
    assert.match(headers.get("content-type") ?? "", /^application\/json/);
    const { tasks } = body as unknown as Listed;
    assert.equal(tasks.length, 2);
    for (const task of tasks) {
      assert.deepEqual(task, (await other.call("GET", `/api/tasks/${task.id}`)).body);
    }
  });

  for (const [query, pointer] of [
    ["limit=0", "/query/limit"],
    ["limit=201", "/query/limit"],
    ["limit=two", "/query/limit"],
    ["completed=maybe", "/query/completed"],
    ["priority=urgent", "/query/priority/0"],
    ["sort=user_id", "/query/sort"],
    ["dueFrom=2026-02-30", "/query/dueFrom"],
    ["dueFrom=0000-01-01", "/query/dueFrom"],
    ["dueTo=0000-12-31", "/query/dueTo"],
    ["done=true", "/query/done"],
  ] as const) {
    it(`refuses ?${query}`, async () => {
      const { status, body } = await user.call("GET", `/api/tasks?${query}`);
      assert.equal(status, 400);
      assert.deepEqual((body.errors as { pointer: string }[])[0]?.pointer, pointer);
    });
  }
});
