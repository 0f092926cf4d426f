import assert from "node:assert/strict";
import http from "node:http";
import { Backend, ok } from "./support/backend.ts";
import { freePort, waitFor } from "./support/net.ts";
import { Web } from "./support/web.ts";

const COOKIE = "theme=x; better-auth.session_token=abc.def";

describe("the page", () => {
  let backend: Backend;
  let web: Web;

  before(async () => {
    backend = await Backend.start();
    web = await Web.start({ BACKEND_URL: backend.url.href });
    await web.answers();
  });
  beforeEach(() => {
    backend.seen.length = 0;
  });
  after(() => {
    web.process.kill("SIGKILL");
    backend.kill();
  });

  const html = async (path: string, cookie?: string, origin = web.origin): Promise<string> => {
    const headers: HeadersInit = cookie === undefined ? {} : { cookie };
    const response = await fetch(origin + path, { headers });
    assert.equal(response.status, new URL(path, origin).pathname === "/" ? 200 : 404);
    return response.text();
  };

  it("is the way in for those without a session, and asks the API nothing", async () => {
    const page = await html("/", "theme=x");
    assert.match(page, /<title>[^<]*Todo/);
    assert.match(page, /type="password"/);
    assert.equal(backend.seen.length, 0);
  });

  for (const prefix of ["", "__Secure-"]) {
    it(`is a user's own for the session cookie ${prefix}better-auth.session_token`, async () => {
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
      const cookie = COOKIE.replace("better", `${prefix}better`);
      const page = await html("/", cookie);
      assert.match(page, /Ada &lt;b&gt;/);
      assert.doesNotMatch(page, /type="password"/);
      const [seen] = backend.seen;
      assert.deepEqual([seen?.method, seen?.url], ["GET", "/api/me"]);
      assert.equal(seen?.headers.cookie, cookie);
      assert.equal(seen.headers["x-forwarded-for"], "127.0.0.1");
    });
  }

  it("comes with the filters that its address asks for", async () => {
    backend.handler = (_request, response) => {
      const user = { id: "1", name: "Ada", email: "ada@example.org", createdAt: "2026-01-01" };
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ user }));
    };
    const page = await html("/?search=oat+milk&tag=home", COOKIE);
    assert.match(page, /<input[^>]*type="search"[^>]*value="oat milk"/);
    assert.match(page, /Show tasks without the tag home again/);
  });

  it("is the way in when the session has ended", async () => {
    backend.handler = (_request, response) => response.writeHead(401).end("{}");
    assert.match(await html("/", COOKIE), /type="password"/);
  });

  for (const [what, handler] of [
    ["fails", (_request, response) => response.writeHead(500).end("{}")],
    ["talks nonsense", ok],
    ["says nothing", () => undefined],
  ] as readonly (readonly [string, Backend["handler"]])[]) {
    it(`says in words that the API ${what}`, async () => {
      backend.handler = handler;
      assert.match(await html("/", COOKIE), /can&#x27;t be reached right now/);
    });
  }

  it("says in words that there is no API", async () => {
    const alone = await Web.start({ BACKEND_URL: `http://127.0.0.1:${await freePort()}` });
    try {
      await alone.answers();
      assert.match(await html("/", COOKIE, alone.origin), /can&#x27;t be reached right now/);
      assert.match(await html("/", undefined, alone.origin), /type="password"/);
    } finally {
      alone.process.kill("SIGKILL");
    }
  });

  for (const path of ["/", "/nothing"]) {
    it(`lets only its own scripts run: ${path}`, async () => {
      const policies = new Set<string>();
      for (let time = 0; time < 2; time += 1) {
        const headers = { "content-security-policy": "script-src 'nonce-evil'", "x-nonce": "evil" };
        const response = await fetch(web.origin + path, { headers });
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

describe("events through the standalone server", () => {
  let backend: Backend;
  let web: Web;
  let finish: () => void;
  let closed: boolean;

  before(async () => {
    backend = await Backend.start();
    web = await Web.start({ BACKEND_URL: backend.url.href, BACKEND_TIMEOUT_MS: "500" });
    await web.answers();
    backend.handler = (request, response) => {
      closed = false;
      request.socket.once("close", () => (closed = true));
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("event: accepted\ndata: {}\n\n");
      finish = () => response.end("event: done\ndata: {}\n\n");
    };
  });
  after(() => {
    web.process.kill("SIGKILL");
    backend.kill();
  });

  const post = async (): Promise<http.IncomingMessage> => {
    const url = `${web.origin}/api/chat/sessions/1/messages`;
    const headers = { "accept-encoding": "gzip, br", "content-type": "application/json" };
    return new Promise((resolve, reject) => {
      http.request(url, { method: "POST", headers }, resolve).once("error", reject).end("{}");
    });
  };

  it("come one by one, uncompressed, and for longer than an answer may take to begin", async () => {
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

  it("end at the API when the browser leaves", async () => {
    const response = await post();
    response.once("error", () => undefined);
    response.resume();
    assert.equal(closed, false);
    response.destroy();
    await waitFor(() => closed, "the end of the request to the API", 3000);
  });
});
