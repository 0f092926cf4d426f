import assert from "node:assert/strict";
import http from "node:http";
import { FakeBackend, sendEmptyList } from "./support/fake-backend.ts";
import { freePort, waitFor } from "./support/network.ts";
import { StandaloneServer } from "./support/standalone-server.ts";

const SESSION_COOKIE = "theme=x; better-auth.session_token=abc.def";

describe("the page", () => {
  let backend: FakeBackend;
  let server: StandaloneServer;

  before(async () => {
    backend = await FakeBackend.start();
    server = await StandaloneServer.start({ BACKEND_URL: backend.url.href });
    await server.waitUntilHealthy();
  });
  beforeEach(() => {
    backend.seen.length = 0;
  });
  after(() => {
    server.process.kill("SIGKILL");
    backend.kill();
  });

  const html = async (path: string, cookie?: string, origin = server.origin): Promise<string> => {
    const headers: HeadersInit = cookie === undefined ? {} : { cookie };
    const response = await fetch(origin + path, { headers });
    assert.equal(response.status, new URL(path, origin).pathname === "/" ? 200 : 404);
    return response.text();
  };

  it("is the sign-in form without a session cookie, and sends no request to the API", async () => {
    const page = await html("/", "theme=x");
    assert.match(page, /<title>[^<]*Todo/);
    assert.match(page, /type="password"/);
    assert.equal(backend.seen.length, 0);
  });

  for (const prefix of ["", "__Secure-"]) {
    it(`is the user's workspace with the cookie ${prefix}better-auth.session_token`, async () => {
      backend.handler = (_request, response) => {
        const user = {
          id: "1",
          name: "Ada <b>",
          email: "ada@example.org",
          createdAt: "2026-01-01",
        };
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ user }));
      };
      const cookie = SESSION_COOKIE.replace("better", `${prefix}better`);
      const page = await html("/", cookie);
      assert.match(page, /Ada &lt;b&gt;/);
      assert.doesNotMatch(page, /type="password"/);
      const [seen] = backend.seen;
      assert.deepEqual([seen?.method, seen?.url], ["GET", "/api/me"]);
      assert.equal(seen?.headers.cookie, cookie);
      assert.equal(seen.headers["x-forwarded-for"], "127.0.0.1");
    });
  }

  it("is rendered with the filters in its URL", async () => {
    backend.handler = (_request, response) => {
      const user = { id: "1", name: "Ada", email: "ada@example.org", createdAt: "2026-01-01" };
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ user }));
    };
    const page = await html("/?search=oat+milk&tag=home", SESSION_COOKIE);
    assert.match(page, /<input[^>]*type="search"[^>]*value="oat milk"/);
    assert.match(page, /Show tasks without the tag home again/);
  });

  it("is the sign-in form when the session has ended", async () => {
    backend.handler = (_request, response) => response.writeHead(401).end("{}");
    assert.match(await html("/", SESSION_COOKIE), /type="password"/);
  });

  for (const [what, handler] of [
    ["fails", (_request, response) => response.writeHead(500).end("{}")],
    ["sends an unexpected answer", sendEmptyList],
    ["does not answer", () => undefined],
  ] as readonly (readonly [string, FakeBackend["handler"]])[]) {
    it(`says that the data can't be reached when the API ${what}`, async () => {
      backend.handler = handler;
      assert.match(await html("/", SESSION_COOKIE), /can&#x27;t be reached right now/);
    });
  }

  it("says that the data can't be reached when the API is down", async () => {
    const alone = await StandaloneServer.start({
      BACKEND_URL: `http://127.0.0.1:${await freePort()}`,
    });
    try {
      await alone.waitUntilHealthy();
      assert.match(
        await html("/", SESSION_COOKIE, alone.origin),
        /can&#x27;t be reached right now/,
      );
      assert.match(await html("/", undefined, alone.origin), /type="password"/);
    } finally {
      alone.process.kill("SIGKILL");
    }
  });

  for (const path of ["/", "/nothing"]) {
    it(`allows only its own scripts: ${path}`, async () => {
      const policies = new Set<string>();
      for (let time = 0; time < 2; time += 1) {
        const headers = { "content-security-policy": "script-src 'nonce-evil'", "x-nonce": "evil" };
        const response = await fetch(server.origin + path, { headers });
        const policy = response.headers.get("content-security-policy") ?? "";
        policies.add(policy);
        const nonce = /script-src 'self' 'nonce-([^']{20,})' 'strict-dynamic';/.exec(policy)?.[1];
        assert.ok(nonce, policy);
        assert.doesNotMatch(policy, /unsafe/);
        const scripts = [...(await response.text()).matchAll(/<script\b[^>]*>/g)].map(
          ([tag]) => tag,
        );
        assert.ok(scripts.length > 0);
        for (const tag of scripts) assert.ok(tag.includes(`nonce="${nonce}"`), tag);
        assert.match(response.headers.get("cache-control") ?? "", /no-store/);
      }
      assert.equal(policies.size, 2, "a nonce is used once");
    });
  }
});

describe("server-sent events through the standalone server", () => {
  let backend: FakeBackend;
  let server: StandaloneServer;
  let finish: () => void;
  let closed: boolean;

  before(async () => {
    backend = await FakeBackend.start();
    server = await StandaloneServer.start({
      BACKEND_URL: backend.url.href,
      BACKEND_TIMEOUT_MS: "500",
    });
    await server.waitUntilHealthy();
    backend.handler = (request, response) => {
      closed = false;
      request.socket.once("close", () => (closed = true));
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("event: accepted\ndata: {}\n\n");
      finish = () => response.end("event: done\ndata: {}\n\n");
    };
  });
  after(() => {
    server.process.kill("SIGKILL");
    backend.kill();
  });

  const post = async (): Promise<http.IncomingMessage> => {
    const url = `${server.origin}/api/chat/sessions/1/messages`;
    const headers = { "accept-encoding": "gzip, br", "content-type": "application/json" };
    return new Promise((resolve, reject) => {
      http.request(url, { method: "POST", headers }, resolve).once("error", reject).end("{}");
    });
  };

  it("arrive one by one, uncompressed, and for longer than BACKEND_TIMEOUT_MS", async () => {
    const response = await post();
    assert.equal(response.headers["content-encoding"], undefined);
    let text = "";
    response.on("data", (chunk: Buffer) => (text += chunk.toString()));
    await waitFor(() => text.includes("accepted"), "the first event", 1000);
    await new Promise((resolve) => setTimeout(resolve, 800));
    assert.ok(!text.includes("done"));
    finish();
    await waitFor(() => text.includes("done"), "the last event", 1000);
  });

  it("end at the API when the browser disconnects", async () => {
    const response = await post();
    response.once("error", () => undefined);
    response.resume();
    assert.equal(closed, false);
    response.destroy();
    await waitFor(() => closed, "the end of the request to the API", 3000);
  });
});
