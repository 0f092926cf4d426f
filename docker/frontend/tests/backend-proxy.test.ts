import assert from "node:assert/strict";
import { STATUS_CODES } from "node:http";
import { proxyToBackend } from "../src/server/backend-proxy.ts";
import { MAX_BODY_BYTES } from "../src/server/request-body.ts";
import { FakeBackend, sendEmptyList } from "./support/fake-backend.ts";
import { freePort, pause, waitFor } from "./support/network.ts";

interface RequestOptions {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

function send(
  backendUrl: URL,
  options: RequestOptions = {},
  backendTimeoutMs = 5000,
): Promise<Response> {
  const { path = "/api/tasks", method = "GET", headers = {}, body, signal } = options;
  const request = new Request(`http://todo.example${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
  return proxyToBackend(request, { backendUrl, backendTimeoutMs });
}

async function expectProblem(response: Response, status: number): Promise<void> {
  const title = STATUS_CODES[status];
  assert.equal(response.status, status);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const body = (await response.json()) as Record<string, unknown>;
  assert.deepEqual([body.status, body.title, body.instance], [status, title, "/api/tasks"]);
}

describe("the backend proxy", () => {
  let backend: FakeBackend;

  beforeEach(async () => {
    backend = await FakeBackend.start();
  });
  afterEach(() => {
    backend.kill();
  });

  describe("forwards", () => {
    it("method, path, query, headers and body, with the API's host name", async () => {
      await send(backend.url, {
        method: "POST",
        path: "/api/tasks/a%2Fb/c%20d?x=1&y=%26",
        headers: { "content-type": "application/json", authorization: "Bearer t", cookie: "s=1" },
        body: '{"title":"ü"}',
      });
      const [seen] = backend.seen;
      assert.ok(seen);
      assert.equal(seen.method, "POST");
      assert.equal(seen.url, "/api/tasks/a%2Fb/c%20d?x=1&y=%26");
      assert.equal(seen.body, '{"title":"ü"}');
      assert.equal(seen.headers.host, `127.0.0.1:${backend.port}`);
      assert.equal(seen.headers["content-length"], "14");
      assert.equal(seen.headers["content-type"], "application/json");
      assert.equal(seen.headers.authorization, "Bearer t");
      assert.equal(seen.headers.cookie, "s=1");
    });

    it("no headers of the browser's connection", async () => {
      await send(backend.url, {
        headers: {
          connection: "close, x-private",
          "x-private": "1",
          "proxy-authorization": "Basic eA==",
          te: "trailers",
          upgrade: "h2c",
          "keep-alive": "timeout=1",
          "x-kept": "2",
        },
      });
      const headers = backend.seen[0]?.headers ?? {};
      for (const name of ["x-private", "proxy-authorization", "te", "upgrade"]) {
        assert.equal(headers[name], undefined, name);
      }
      assert.equal(headers["x-kept"], "2");
      assert.equal(headers.connection, "keep-alive");
    });

    it("the requested host as X-Forwarded-Host, whatever the browser sends", async () => {
      await send(backend.url, {
        headers: {
          host: "todo.example",
          "x-forwarded-host": "evil.example",
          forwarded: "host=evil.example",
          "x-forwarded-for": "10.0.0.1, 10.0.0.2",
        },
      });
      const headers = backend.seen[0]?.headers ?? {};
      assert.equal(headers["x-forwarded-host"], "todo.example");
      assert.equal(headers["x-forwarded-for"], "10.0.0.1, 10.0.0.2");
      assert.equal(headers.forwarded, undefined);
    });

    it("to the base path in BACKEND_URL", async () => {
      await send(new URL("/v1/", backend.url), { path: "/api/tasks/1" });
      assert.equal(backend.seen[0]?.url, "/v1/api/tasks/1");
    });

    for (const path of ["/api/auth/get-session", "/api/chat/sessions", "/api/me", "/api/token"]) {
      it(`requests for ${path}`, async () => {
        assert.equal((await send(backend.url, { path })).status, 200);
        assert.equal(backend.seen[0]?.url, path);
      });
    }

    it("no other path, however it is written", async () => {
      const others = [
        "/metrics",
        "/api/metrics",
        "/api/tasksx",
        "/api/mex",
        "/api",
        "/docs",
        "/health",
      ];
      const traversals = [
        "/api/tasks/../../metrics",
        "/api/tasks/%2e%2E/x",
        "/api/auth/../../metrics",
      ];
      for (const path of [...others, ...traversals]) {
        assert.equal((await send(backend.url, { path })).status, 404, path);
      }
      assert.equal(backend.seen.length, 0);
    });
  });

  describe("returns", () => {
    it("status, headers and each cookie, but no headers of the API's connection", async () => {
      backend.handler = (_request, response) => {
        response.writeHead(201, {
          "content-type": "application/json",
          location: "/api/tasks/1",
          "set-cookie": ["a=1; Path=/", "b=2; Path=/"],
          "x-request-id": "r-1",
          connection: "close, x-hop",
          "x-hop": "1",
        });
        response.end("{}");
      };
      const response = await send(backend.url, { method: "POST", body: "{}" });
      assert.equal(response.status, 201);
      assert.equal(response.headers.get("location"), "/api/tasks/1");
      assert.equal(response.headers.get("x-request-id"), "r-1");
      assert.deepEqual(response.headers.getSetCookie(), ["a=1; Path=/", "b=2; Path=/"]);
      for (const name of ["connection", "keep-alive", "transfer-encoding", "x-hop"]) {
        assert.equal(response.headers.get(name), null, name);
      }
      assert.equal(await response.text(), "{}");
    });

    for (const status of [204, 304]) {
      it(`${status} without a body`, async () => {
        backend.handler = (_request, response) => {
          response.writeHead(status).end();
        };
        const response = await send(backend.url, { method: status === 204 ? "DELETE" : "GET" });
        assert.equal(response.status, status);
        assert.equal(response.body, null);
      });
    }

    for (const status of [400, 404, 500, 503]) {
      it(`the API's ${status} unchanged`, async () => {
        backend.handler = (_request, response) => {
          response.writeHead(status, { "content-type": "application/problem+json" }).end("{}");
        };
        const response = await send(backend.url);
        assert.equal(response.status, status);
        assert.equal(response.headers.get("content-type"), "application/problem+json");
        assert.equal(backend.seen.length, 1, "an answer is never requested again");
      });
    }

    it("an answer chunk by chunk, as it arrives", async () => {
      let finish: () => void = () => undefined;
      backend.handler = (_request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write("data: 1\n\n");
        finish = () => response.end("data: 2\n\n");
      };
      const reader = (await send(backend.url)).body?.getReader();
      assert.ok(reader);
      const first = await reader.read();
      assert.equal(Buffer.from(first.value ?? []).toString(), "data: 1\n\n");
      finish();
      const second = await reader.read();
      assert.equal(Buffer.from(second.value ?? []).toString(), "data: 2\n\n");
      assert.equal((await reader.read()).done, true);
    });

    it("events unbuffered, without a time limit", async () => {
      let finish: () => void = () => undefined;
      backend.handler = (_request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
        response.write(": hello\n\n");
        finish = () => response.end("data: 1\n\n");
      };
      const response = await send(backend.url, { method: "POST", body: "{}" }, 200);
      assert.equal(response.headers.get("cache-control"), "no-store, no-transform");
      await pause(500);
      finish();
      assert.equal(await response.text(), ": hello\n\ndata: 1\n\n");
    });

    it("an answer without Cache-Control as not cacheable", async () => {
      assert.equal((await send(backend.url)).headers.get("cache-control"), "no-store");
    });

    it("an incomplete answer as an error", async () => {
      backend.handler = (_request, response) => {
        response.writeHead(200, { "content-length": 100 });
        response.write("half");
        setTimeout(() => response.destroy(), 50);
      };
      const response = await send(backend.url);
      await assert.rejects(response.text());
    });
  });

  describe("answers", () => {
    it("502 when the connection is refused", async () => {
      const nowhere = new URL(`http://127.0.0.1:${await freePort()}`);
      await expectProblem(await send(nowhere), 502);
      const posted = await send(nowhere, { method: "POST", body: "{}" });
      assert.equal(posted.headers.get("retry-after"), "2");
      await expectProblem(posted, 502);
    });

    it("502 when the host name can't be resolved", async () => {
      await expectProblem(await send(new URL("http://no-such-name.invalid")), 502);
    });

    it("504 when the API takes too long, without a retry", async () => {
      backend.handler = () => undefined;
      const started = performance.now();
      for (const method of ["GET", "POST"]) {
        const options = method === "GET" ? { method } : { method, body: "{}" };
        await expectProblem(await send(backend.url, options, 300), 504);
      }
      assert.ok(performance.now() - started < 2000);
      assert.equal(backend.seen.length, 2);
    });

    it("413 for a body over the limit, without a request to the API", async () => {
      const body = "x".repeat(MAX_BODY_BYTES + 1);
      const response = await send(backend.url, { method: "POST", body });
      await expectProblem(response, 413);
      assert.equal(backend.seen.length, 0);
    });
  });

  describe("when connections break", () => {
    it("reuses a connection for requests that read, until the API closes it", async () => {
      for (let index = 0; index < 3; index += 1) await (await send(backend.url)).text();
      assert.equal(new Set(backend.seen.map((seen) => seen.socket)).size, 1);
      backend.draining = true;
      await (await send(backend.url)).text();
      backend.draining = false;
      await (await send(backend.url)).text();
      assert.equal(new Set(backend.seen.map((seen) => seen.socket)).size, 2);
    });

    it("closes a connection that was idle for 2 s, long before the API does", async () => {
      await (await send(backend.url)).text();
      assert.equal(backend.connections, 1);
      await waitFor(() => backend.connections === 0, "the end of the connection", 5000);
    });

    it("waits for an answer longer than for an idle connection", async () => {
      backend.handler = (request, response, body) => {
        setTimeout(() => {
          sendEmptyList(request, response, body);
        }, 2300);
      };
      assert.equal((await send(backend.url)).status, 200);
    });

    it("sends each request that writes on a new connection", async () => {
      await (await send(backend.url)).text();
      for (const method of ["POST", "PATCH", "DELETE"]) {
        await (await send(backend.url, { method })).text();
      }
      assert.equal(new Set(backend.seen.map((seen) => seen.socket)).size, 4);
    });

    it("retries a request that reads when its connection breaks", async () => {
      backend.handler = (request, response, body) => {
        if (backend.seen.length === 1) request.socket.resetAndDestroy();
        else sendEmptyList(request, response, body);
      };
      const response = await send(backend.url);
      assert.equal(response.status, 200);
      assert.equal(backend.seen.length, 2);
    });

    it("retries only once", async () => {
      backend.handler = (request) => request.socket.resetAndDestroy();
      await expectProblem(await send(backend.url), 502);
      assert.equal(backend.seen.length, 2);
    });

    for (const method of ["POST", "PATCH", "DELETE"]) {
      it(`never sends ${method} twice`, async () => {
        backend.handler = (request) => request.socket.resetAndDestroy();
        await expectProblem(await send(backend.url, { method }), 502);
        assert.equal(backend.seen.length, 1);
      });
    }

    for (const method of ["GET", "POST"]) {
      it(`retries ${method} when no connection could be set up`, async () => {
        const port = await freePort();
        const pending = send(new URL(`http://127.0.0.1:${port}`), { method });
        await pause(40);
        const late = await FakeBackend.start(sendEmptyList, port);
        const response = await pending;
        late.kill();
        assert.equal(response.status, 200);
        assert.equal(late.seen.length, 1);
      });
    }

    for (const how of ["cancels the answer", "aborts the request"]) {
      it(`ends a stream when the browser ${how}`, async () => {
        const abort = new AbortController();
        let closed = false;
        backend.handler = (request, response) => {
          request.socket.once("close", () => (closed = true));
          response.writeHead(200, { "content-type": "text/event-stream" });
          response.write("data: 1\n\n");
        };
        const options = { method: "POST", body: "{}", signal: abort.signal };
        const reader = (await send(backend.url, options)).body?.getReader();
        await reader?.read();
        assert.equal(closed, false);
        if (how.startsWith("cancels")) await reader?.cancel();
        else abort.abort();
        await waitFor(() => closed, "the end of the stream");
        await reader?.closed.catch(() => undefined);
      });
    }

    it("does not retry after the browser has disconnected", async () => {
      const abort = new AbortController();
      let closed = false;
      backend.handler = (request) => {
        request.socket.once("close", () => (closed = true));
        abort.abort();
      };
      const response = await send(backend.url, { signal: abort.signal });
      assert.equal(response.status, 502);
      await waitFor(() => closed, "the end of the request");
      assert.equal(backend.seen.length, 1);
    });
  });
});
