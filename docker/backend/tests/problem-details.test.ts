import assert from "node:assert/strict";
import { BODY_LIMIT } from "../src/app.ts";
import { startApp, type TestApp } from "./support/app.ts";

const TASK_ID = "00000000-0000-4000-8000-000000000000";

describe("problems (RFC 9457)", () => {
  let app: TestApp;
  let token: string;

  before(async () => {
    app = await startApp();
    ({ token } = await app.user());
  });
  after(() => app.close());

  const raw = (body: string | undefined, type?: string): Promise<Response> =>
    fetch(`${app.origin}/api/tasks`, {
      method: "POST",
      ...(body === undefined ? {} : { body }),
      headers: {
        authorization: `Bearer ${token}`,
        ...(type !== undefined && { "content-type": type }),
      },
    });

  it("have all members, the media type and the request's id", async () => {
    const response = await fetch(`${app.origin}/nothing?q=secret`, {
      headers: { "x-request-id": "abc-1" },
    });
    assert.equal(response.status, 404);
    assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json/);
    assert.equal(response.headers.get("x-request-id"), "abc-1");
    assert.deepEqual(await response.json(), {
      type: "about:blank",
      title: "Not Found",
      status: 404,
      detail: "There is no GET /nothing.",
      instance: "/nothing",
      requestId: "abc-1",
    });
  });

  it("have a new id when the client's is not safe to log", async () => {
    const response = await fetch(`${app.origin}/health`, {
      headers: { "x-request-id": 'a" {injected}' },
    });
    assert.match(response.headers.get("x-request-id") ?? "", /^[\da-f-]{36}$/);
  });

  const text = "must hold visible text, without control characters";
  for (const [what, method, path, body, errors] of [
    ["no title", "POST", "/api/tasks", {}, [{ pointer: "/title", detail: "is required" }]],
    ["blank title", "POST", "/api/tasks", { title: "  " }, [{ pointer: "/title", detail: text }]],
    ["NUL", "POST", "/api/tasks", { title: "a\0b" }, [{ pointer: "/title", detail: text }]],
    ["line break", "POST", "/api/tasks", { title: "a\nb" }, [{ pointer: "/title", detail: text }]],
    [
      "everything at once",
      ...(["POST", "/api/tasks"] as const),
      { title: 7, done: true },
      [
        { pointer: "/done", detail: "is not known here" },
        { pointer: "/title", detail: "must be string" },
      ],
    ],
    [
      "long title",
      ...(["POST", "/api/tasks"] as const),
      { title: "x".repeat(201) },
      [{ pointer: "/title", detail: "must NOT have more than 200 characters" }],
    ],
    [
      "nothing to change",
      ...(["PATCH", `/api/tasks/${TASK_ID}`] as const),
      {},
      [{ pointer: "", detail: "must NOT have fewer than 1 properties" }],
    ],
    [
      "text for a boolean",
      ...(["PATCH", `/api/tasks/${TASK_ID}`] as const),
      { completed: "true" },
      [{ pointer: "/completed", detail: "must be boolean" }],
    ],
    [
      "the year 0",
      ...(["POST", "/api/tasks"] as const),
      { title: "x", dueDate: "0000-01-01" },
      [
        { pointer: "/dueDate", detail: 'must match format "date"' },
        { pointer: "/dueDate", detail: "must be null" },
        { pointer: "/dueDate", detail: "must match a schema in anyOf" },
      ],
    ],
    ["a list", "POST", "/api/tasks", [], [{ pointer: "", detail: "must be object" }]],
  ] as const) {
    it(`are 400 with a pointer to the error: ${what}`, async () => {
      const answer = await app.call(method, path, body);
      assert.equal(answer.status, 400);
      assert.match(answer.headers.get("content-type") ?? "", /problem\+json/);
      assert.deepEqual(answer.body.errors, errors);
    });
  }

  it("are 400 for an id that PostgreSQL doesn't accept", async () => {
    const urn = `urn:uuid:${TASK_ID}`;
    const calls = [
      ["GET", `/api/tasks/${urn}`, undefined],
      ["DELETE", `/api/tasks/${urn}`, undefined],
      ["GET", `/api/chat/sessions/${urn}`, undefined],
      ["POST", `/api/chat/sessions/${TASK_ID}/messages`, { id: urn, content: "help" }],
    ] as const;
    for (const [method, path, body] of calls) {
      const answer = await app.call(method, path, body);
      assert.equal(answer.status, 400, path);
      const [error] = answer.body.errors as { detail: string }[];
      assert.equal(error?.detail, 'must match format "uuid"');
    }
  });

  it("are 400 for invalid JSON and for a missing body", async () => {
    assert.equal((await raw('{"title":', "application/json")).status, 400);
    assert.equal((await raw("", "application/json")).status, 400);
    assert.equal((await raw(undefined)).status, 400);
  });

  it("are 413 for a body over the limit", async () => {
    const response = await raw(
      JSON.stringify({ title: "x".repeat(BODY_LIMIT) }),
      "application/json",
    );
    assert.equal(response.status, 413);
    assert.match(response.headers.get("content-type") ?? "", /problem\+json/);
  });

  it("are 415 for a body that isn't JSON", async () => {
    const response = await raw("title=x", "application/x-www-form-urlencoded");
    assert.equal(response.status, 415);
    assert.match(response.headers.get("content-type") ?? "", /problem\+json/);
  });

  it("are 404 for a method that a route doesn't have", async () => {
    assert.equal((await app.call("DELETE", "/api/tasks")).status, 404);
  });

  it("are 400 for a path that can't be decoded", async () => {
    const answer = await app.call("GET", "/api/tasks/%E0%A4%A");
    assert.equal(answer.status, 400);
  });
});
