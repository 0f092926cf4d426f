import assert from "node:assert/strict";
import http from "node:http";
import { FakeBackend } from "./support/fake-backend.ts";
import { freePort, pause, waitFor } from "./support/network.ts";
import { StandaloneServer } from "./support/standalone-server.ts";

interface Reply {
  readonly status: number;
  readonly closes: boolean;
}

function get(url: string, agent: http.Agent): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent }, (response) => {
      response.resume();
      response.once("error", reject);
      response.once("end", () => {
        const closes = response.headers.connection === "close";
        resolve({ status: response.statusCode ?? 0, closes });
      });
    });
    request.once("error", reject);
  });
}

describe("the standalone server", () => {
  let backend: FakeBackend;
  let server: StandaloneServer;

  before(async () => {
    backend = await FakeBackend.start();
    server = await StandaloneServer.start({ BACKEND_URL: backend.url.href, VERSION: "9.8.7" });
    await server.waitUntilHealthy();
  });
  after(() => {
    server.process.kill("SIGKILL");
    backend.kill();
  });

  it("serves the page with its style sheet and scripts", async () => {
    const response = await fetch(server.origin);
    assert.equal(response.status, 200);
    const html = await response.text();
    assert.match(html, /<h1>Todo<\/h1>/);
    assert.match(html, /<html lang="en"/);
    const assets = [...html.matchAll(/(?:href|src)="(\/_next\/static\/[^"]+)"/g)].map(
      ([, path]) => path ?? "",
    );
    assert.ok(assets.some((path) => path.endsWith(".css")));
    assert.ok(assets.some((path) => path.endsWith(".js")));
    for (const path of new Set(assets)) {
      assert.equal((await fetch(server.origin + path)).status, 200, path);
    }
  });

  it("sends the security headers with every answer", async () => {
    for (const path of ["/", "/api/health", "/api/tasks", "/nothing"]) {
      const { headers } = await fetch(server.origin + path);
      assert.equal(headers.get("x-content-type-options"), "nosniff", path);
      assert.equal(headers.get("x-frame-options"), "DENY", path);
      assert.equal(headers.get("referrer-policy"), "strict-origin-when-cross-origin", path);
      assert.equal(headers.get("cross-origin-opener-policy"), "same-origin", path);
      assert.match(headers.get("permissions-policy") ?? "", /camera=\(\)/, path);
      assert.match(headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/, path);
      assert.equal(headers.get("x-powered-by"), null, path);
    }
  });

  it("reports its health", async () => {
    const health = await fetch(`${server.origin}/api/health`);
    const body = (await health.json()) as Record<string, unknown>;
    assert.deepEqual([health.status, body.status, body.service], [200, "ok", "todo-chatbot-web"]);
    assert.equal(body.version, "9.8.7");
    const ready = await fetch(`${server.origin}/api/ready`);
    assert.deepEqual([ready.status, await ready.json()], [200, { status: "ready" }]);
  });

  it("forwards API requests to the BACKEND_URL that it was started with", async () => {
    const list = await fetch(`${server.origin}/api/tasks`);
    assert.deepEqual([list.status, await list.json()], [200, { tasks: [] }]);
    for (const [method, path] of [
      ["POST", "/api/auth/sign-in/email"],
      ["GET", "/api/me"],
      ["POST", "/api/token"],
      ["GET", "/api/chat/sessions?limit=2"],
      ["POST", "/api/tasks"],
      ["GET", "/api/tasks/1"],
      ["PATCH", "/api/tasks/1"],
      ["DELETE", "/api/tasks/1"],
    ] as const) {
      backend.seen.length = 0;
      await (await fetch(server.origin + path, { method })).text();
      assert.deepEqual([backend.seen[0]?.method, backend.seen[0]?.url], [method, path]);
    }
  });

  it("forwards no other path", async () => {
    backend.seen.length = 0;
    for (const path of [
      "/metrics",
      "/api/metrics",
      "/docs",
      "/health/ready",
      "/api/tasks/%2e%2e/x",
    ]) {
      const response = await fetch(server.origin + path);
      assert.equal(response.status, 404, path);
    }
    assert.equal(backend.seen.length, 0);
  });

  it("sets X-Forwarded-* for the API, whatever the client sends", async () => {
    const headers = {
      host: "todo.example:8080",
      "x-forwarded-for": "10.9.8.7",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "gopher",
      forwarded: "host=evil.example",
    };
    backend.seen.length = 0;
    await new Promise((resolve, reject) => {
      http
        .get(`${server.origin}/api/tasks`, { headers }, (response) => {
          response.resume().once("end", resolve);
        })
        .once("error", reject);
    });
    const seen = backend.seen[0]?.headers ?? {};
    assert.equal(seen["x-forwarded-for"], "10.9.8.7, 127.0.0.1");
    assert.equal(seen["x-forwarded-host"], "todo.example:8080");
    assert.equal(seen["x-forwarded-proto"], "http");
    assert.equal(seen.forwarded, undefined);
    assert.equal(seen.host, `127.0.0.1:${backend.port}`);
  });

  it("stays healthy and ready without the API, and answers 502", async () => {
    const alone = await StandaloneServer.start({
      BACKEND_URL: `http://127.0.0.1:${await freePort()}`,
    });
    try {
      await alone.waitUntilHealthy();
      assert.equal((await fetch(`${alone.origin}/api/tasks`)).status, 502);
      assert.equal((await fetch(`${alone.origin}/api/ready`)).status, 200);
      assert.equal((await fetch(alone.origin)).status, 200);
    } finally {
      alone.process.kill("SIGKILL");
    }
  });

  it("exits with an error message without BACKEND_URL", async () => {
    const broken = await StandaloneServer.start({});
    assert.equal(await broken.waitForExit(), 1);
    assert.match(broken.output, /BACKEND_URL is missing; expected the API's address/);
  });

  it("shuts down on SIGTERM without a failed request, also on kept connections", async () => {
    const env = { BACKEND_URL: backend.url.href, DRAIN_SECONDS: "4" };
    const [first, second] = await Promise.all([
      StandaloneServer.start(env),
      StandaloneServer.start(env),
    ]);
    await Promise.all([first.waitUntilHealthy(), second.waitUntilHealthy()]);
    const failures: string[] = [];
    let answered = 0;
    const moved = new Set<number>();
    let stopped = false;
    const clients = Array.from({ length: 8 }, async (_, index) => {
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      while (!stopped) {
        const { origin } = moved.has(index) ? second : first;
        try {
          const path = index % 2 === 0 ? "/api/tasks" : "/";
          const { status, closes } = await get(origin + path, agent);
          if (status !== 200) failures.push(`status ${status}`);
          if (closes) moved.add(index);
          answered += 1;
        } catch (error) {
          failures.push(String(error));
        }
        await pause(index * 20);
      }
      agent.destroy();
    });
    await waitFor(() => answered > 50, "a steady load");
    first.process.kill("SIGTERM");
    await waitFor(async () => {
      const { status } = await fetch(`${first.origin}/api/ready`);
      return status === 503;
    }, "readiness off");
    assert.equal((await fetch(`${first.origin}/api/health`)).status, 200);
    assert.equal(await first.waitForExit(), 0);
    answered = 0;
    await waitFor(() => answered > 50, "a steady load on the other server");
    stopped = true;
    await Promise.all(clients);
    second.process.kill("SIGKILL");
    assert.deepEqual(failures, []);
    assert.equal(moved.size, clients.length);
  });

  it("completes a running answer before it exits", async () => {
    let finish: (() => void) | undefined;
    const slow = await FakeBackend.start((_request, response) => {
      finish = () => response.end("{}");
    });
    const draining = await StandaloneServer.start({
      BACKEND_URL: slow.url.href,
      DRAIN_SECONDS: "0",
    });
    await draining.waitUntilHealthy();
    const answer = fetch(`${draining.origin}/api/tasks`);
    await waitFor(() => finish !== undefined, "the request at the API");
    draining.process.kill("SIGTERM");
    await waitFor(() => draining.output.includes("SIGTERM"), "the shutdown to begin");
    await pause(300);
    assert.equal(draining.process.exitCode, null);
    finish?.();
    assert.equal((await answer).status, 200);
    const finished = performance.now();
    assert.equal(await draining.waitForExit(), 0);
    assert.ok(performance.now() - finished < 5000, "the connection is not waited for");
    slow.kill();
  });
});
