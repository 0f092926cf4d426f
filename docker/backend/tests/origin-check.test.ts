import assert from "node:assert/strict";
import http from "node:http";
import { startApp, type TestApp } from "./support/app.ts";
import { Browser } from "./support/http-client.ts";

describe("the origin check", () => {
  let app: TestApp;
  let cookie: string;

  before(async () => {
    app = await startApp();
    const browser = new Browser(app.origin);
    const account = { name: "Ada", email: "ada@example.org", password: "correct horse" };
    await browser.call("POST", "/api/auth/sign-up/email", account);
    ({ cookie } = browser);
  });
  after(() => app.close());

  /** Uses node:http, because fetch doesn't allow setting these headers. */
  const send = (headers: Record<string, string>, method = "POST"): Promise<number> =>
    new Promise((resolve, reject) => {
      const request = http.request(
        `${app.origin}/api/tasks`,
        { method, headers: { "content-type": "application/json", cookie, ...headers } },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      request.on("error", reject);
      request.end(method === "POST" ? '{"title":"x"}' : undefined);
    });

  for (const [what, headers] of [
    ["the host that it was sent to", { origin: "http://10.0.0.7:30080", host: "10.0.0.7:30080" }],
    [
      "the host that the page's server forwards",
      { origin: "http://127.0.0.1:30080", "x-forwarded-host": "127.0.0.1:30080" },
    ],
    ["the same over https", { origin: "https://todo.test", "x-forwarded-host": "todo.test" }],
    ["BETTER_AUTH_URL", { origin: "http://127.0.0.1:3000" }],
    ["FRONTEND_URL", { origin: "http://todo-frontend:3000" }],
    ["no page at all", {}],
    ["this application's page, in an old browser", { "sec-fetch-site": "same-origin" }],
  ] as const) {
    it(`accepts a request from ${what}`, async () => {
      assert.equal(await send(headers), 201);
    });
  }

  for (const [what, headers] of [
    ["another site", { origin: "https://evil.example" }],
    [
      "another port of the same machine",
      { origin: "http://127.0.0.1:4000", host: "127.0.0.1:30080" },
    ],
    [
      "a host with the same ending",
      { origin: "http://evil-todo.test", "x-forwarded-host": "todo.test" },
    ],
    ["a hidden page", { origin: "null" }],
    ["another site without Origin", { "sec-fetch-site": "cross-site" }],
    ["another host of the same site without Origin", { "sec-fetch-site": "same-site" }],
  ] as const) {
    it(`refuses a request from ${what}, although the cookie is valid`, async () => {
      assert.equal(await send(headers), 403);
    });
  }

  it("accepts reading requests from other sites", async () => {
    assert.equal(await send({ origin: "https://evil.example" }, "GET"), 200);
  });

  it("refuses a sign-in from another site", async () => {
    const credentials = { email: "ada@example.org", password: "correct horse" };
    const origin = { origin: "https://evil.example" };
    const answer = await app.anonymous("POST", "/api/auth/sign-in/email", credentials, origin);
    assert.equal(answer.status, 403);
    assert.deepEqual(answer.headers.getSetCookie(), []);
  });
});
