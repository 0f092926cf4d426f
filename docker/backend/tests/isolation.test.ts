import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { startApp, type TestApp, type User } from "./support/app.ts";

/** The routes that work without signing in. No other route may, including new ones. */
const openRoutes = [
  "GET /health",
  "GET /health/live",
  "GET /health/ready",
  "GET /ready",
  "GET /metrics",
  "GET /docs",
  "GET /docs/start.js",
  "GET /docs/openapi.json",
  "GET /docs/swagger-ui.css",
  "GET /docs/swagger-ui-bundle.js",
  "POST /api/auth/sign-up/email",
  "POST /api/auth/sign-in/email",
  "POST /api/auth/sign-out",
  "GET /api/auth/get-session",
];

/** An object of one user, for each kind of :id in a path. */
interface Owned {
  readonly prefix: string;
  readonly id: string;
}

const bodies: Readonly<Record<string, () => unknown>> = {
  "PATCH /api/tasks/:id": () => ({ title: "stolen" }),
  "PATCH /api/chat/sessions/:id": () => ({ title: "stolen" }),
  "POST /api/chat/sessions/:id/messages": () => ({ id: randomUUID(), content: "list" }),
};

describe("every route", () => {
  let app: TestApp;
  let owner: User;
  let other: User;
  let routes: string[];
  let owned: Owned[];

  before(async () => {
    app = await startApp();
    [owner, other] = await Promise.all([app.user(), app.user()]);
    routes = app.routes.flatMap(({ method, url }) =>
      [method].flat().flatMap((one) => (one === "HEAD" ? [] : [`${one} ${url}`])),
    );
    const task = await owner.call("POST", "/api/tasks", { title: "secret plan" });
    const session = await owner.call("POST", "/api/chat/sessions", { title: "secret talk" });
    owned = [
      { prefix: "/api/tasks/", id: String(task.body.id) },
      { prefix: "/api/chat/sessions/", id: String(session.body.id) },
    ];
  });
  after(() => app.close());

  it("is known to this test", () => {
    assert.ok(routes.length > 20);
    for (const name of Object.keys(bodies)) assert.ok(routes.includes(name), name);
    for (const name of openRoutes) assert.ok(routes.includes(name), name);
  });

  it("answers 401 without signing in, except the open ones", async () => {
    const closed = routes.filter((route) => !openRoutes.includes(route));
    assert.ok(closed.length >= 15);
    for (const route of closed) {
      const [method = "", path = ""] = route.replace(":id", randomUUID()).split(" ");
      const body = method === "GET" ? undefined : (bodies[route]?.() ?? {});
      for (const cookie of ["", "better-auth.session_token=made.up"]) {
        const headers: Record<string, string> = cookie === "" ? {} : { cookie };
        const answer = await app.anonymous(method, path, body, headers);
        assert.equal(answer.status, 401, route);
        assert.match(answer.headers.get("content-type") ?? "", /problem\+json/);
      }
    }
  });

  it("answers 404 for what belongs to another user, as if it did not exist", async () => {
    const withId = routes.filter((route) => route.includes(":id"));
    assert.ok(withId.length >= 7);
    for (const route of withId) {
      const found = owned.find(({ prefix }) => route.includes(prefix));
      assert.ok(found, `${route}: add an object for it to this test`);
      const method = route.split(" ", 1)[0] ?? "";
      const ask = (id: string) => {
        const path = (route.split(" ")[1] ?? "").replace(":id", id);
        return other.call(method, path, method === "GET" ? undefined : bodies[route]?.());
      };
      const [theirs, nobodys] = [await ask(found.id), await ask(UNKNOWN_ID)];
      assert.equal(theirs.status, 404, route);
      const plain = (detail: unknown, id: string): string => String(detail).replace(id, "");
      const words = plain(theirs.body.detail, found.id);
      assert.deepEqual(
        [nobodys.status, plain(nobodys.body.detail, UNKNOWN_ID)],
        [404, words],
        route,
      );
    }
    for (const { prefix, id } of owned) {
      const { status, body } = await owner.call("GET", prefix + id);
      assert.equal(status, 200);
      assert.match(String(body.title), /^secret/);
    }
  });

  it("lists nothing of other users", async () => {
    const lists = routes.filter((route) => /^GET \/api\/(?!auth)[^:]*$/.test(route));
    assert.ok(lists.includes("GET /api/tasks") && lists.includes("GET /api/chat/sessions"));
    for (const route of lists) {
      const { status, body } = await other.call("GET", route.split(" ")[1] ?? "");
      assert.equal(status, 200, route);
      const text = JSON.stringify(body);
      for (const { id } of owned) assert.ok(!text.includes(id), route);
      assert.doesNotMatch(text, /secret/);
      assert.ok(!text.includes(owner.id));
    }
  });
});

const UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";
