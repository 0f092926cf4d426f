import assert from "node:assert/strict";
import { STATUS_CODES } from "node:http";
import { BODY_LIMIT } from "../src/server/body.ts";
import { proxy } from "../src/server/proxy.ts";
import { Backend, ok } from "./support/backend.ts";
import { freePort, pause, waitFor } from "./support/net.ts";

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

function ask(backendUrl: URL, asked: Asked = {}, backendTimeoutMs = 5000): Promise<Response> {
  const { path = "/api/tasks", method = "GET", headers = {}, body, signal } = asked;
  const request = new Request(`http://todo.example${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
  return proxy(request, { backendUrl, backendTimeoutMs });
}

async function expectProblem(response: Response, status: number): Promise<void> {
  const title = STATUS_CODES[status];
  assert.equal(response.status, status);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const body = (await response.json()) as Record<string, unknown>;
  assert.deepEqual([body.status, body.title, body.instance], [status, title, "/api/tasks"]);
}

describe("the proxy", () => {
  let backend: Backend;

  beforeEach(async () => {
    backend = await Backend.start();
  });
  afterEach(() => {
    backend.kill();
  });

  describe("hands on", () => {
    it("method, path, query, headers and body, under the API's own host name", async () => {
      await ask(backend.url, {
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

    it("nothing that speaks about the browser's own connection", async () => {
      await ask(backend.url, {
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

    it("the name that the browser asked for, whatever it says itself", async () => {
      await ask(backend.url, {
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

    it("to a base path, where BACKEND_URL has one", async () => {
      await ask(new URL("/v1/", backend.url), { path: "/api/tasks/1" });
      assert.equal(backend.seen[0]?.url, "/v1/api/tasks/1");
    });

    for (const path of ["/api/auth/get-session", "/api/chat/sessions", "/api/me", "/api/token"]) {
      it(`${path} too`, async () => {
        assert.equal((await ask(backend.url, { path })).status, 200);
        assert.equal(backend.seen[0]?.url, path);
      });
    }

    it("nothing else, however the path is written", async () => {
      const beside = [
        "/metrics",
        "/api/metrics",
        "/api/tasksx",
        "/api/mex",
        "/api",
        "/docs",
        "/health",
      ];
      const around = ["/api/tasks/../../metrics", "/api/tasks/%2e%2E/x", "/api/auth/../../metrics"];
      for (const path of [...beside, ...around]) {
        assert.equal((await ask(backend.url, { path })).status, 404, path);
      }
      assert.equal(backend.seen.length, 0);
    });
  });

  describe("hands back", () => {
    it("status, headers and each cookie, but nothing about the API's connection", async () => {
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
      const response = await ask(backend.url, { method: "POST", body: "{}" });
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
        const response = await ask(backend.url, { method: status === 204 ? "DELETE" : "GET" });
        assert.equal(response.status, status);
        assert.equal(response.body, null);
      });
    }

    for (const status of [400, 404, 500, 503]) {
      it(`the API's own ${status}`, async () => {
        backend.handler = (_request, response) => {
          response.writeHead(status, { "content-type": "application/problem+json" }).end("{}");
        };
        const response = await ask(backend.url);
        assert.equal(response.status, status);
        assert.equal(response.headers.get("content-type"), "application/problem+json");
        assert.equal(backend.seen.length, 1, "an answer is never asked for again");
      });
    }

    it("an answer piece by piece, as it comes", async () => {
      let finish: () => void = () => undefined;
      backend.handler = (_request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write("data: 1\n\n");
        finish = () => response.end("data: 2\n\n");
      };
      const reader = (await ask(backend.url)).body?.getReader();
      assert.ok(reader);
      const first = await reader.read();
      assert.equal(Buffer.from(first.value ?? []).toString(), "data: 1\n\n");
      finish();
      const second = await reader.read();
      assert.equal(Buffer.from(second.value ?? []).toString(), "data: 2\n\n");
      assert.equal((await reader.read()).done, true);
    });

    it("events so that nobody gathers them, for as long as they come", async () => {
      let finish: () => void = () => undefined;
      backend.handler = (_request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
        response.write(": hello\n\n");
        finish = () => response.end("data: 1\n\n");
      };
      const response = await ask(backend.url, { method: "POST", body: "{}" }, 200);
      assert.equal(response.headers.get("cache-control"), "no-store, no-transform");
      await pause(500);
      finish();
      assert.equal(await response.text(), ": hello\n\ndata: 1\n\n");
    });

    it("an answer that says nothing about caches as one for this browser alone", async () => {
      assert.equal((await ask(backend.url)).headers.get("cache-control"), "no-store");
    });

    it("a break in the middle of an answer as a break", async () => {
      backend.handler = (_request, response) => {
        response.writeHead(200, { "content-length": 100 });
        response.write("half");
        setTimeout(() => response.destroy(), 50);
      };
      const response = await ask(backend.url);
      await assert.rejects(response.text());
    });
  });

  describe("says", () => {
    it("502 when nothing listens", async () => {
      const nowhere = new URL(`http://127.0.0.1:${await freePort()}`);
      await expectProblem(await ask(nowhere), 502);
      const posted = await ask(nowhere, { method: "POST", body: "{}" });
      assert.equal(posted.headers.get("retry-after"), "2");
      await expectProblem(posted, 502);
    });

    it("502 when the name is not known", async () => {
      await expectProblem(await ask(new URL("http://no-such-name.invalid")), 502);
    });

    it("504 when the API takes too long, and asks only once", async () => {
      backend.handler = () => undefined;
      const started = performance.now();
      for (const method of ["GET", "POST"]) {
        const asked = method === "GET" ? { method } : { method, body: "{}" };
        await expectProblem(await ask(backend.url, asked, 300), 504);
      }
      assert.ok(performance.now() - started < 2000);
      assert.equal(backend.seen.length, 2);
    });

    it("413 for a body over the limit, before the API sees any of it", async () => {
      const body = "x".repeat(BODY_LIMIT + 1);
      const response = await ask(backend.url, { method: "POST", body });
      await expectProblem(response, 413);
      assert.equal(backend.seen.length, 0);
    });
  });

  describe("while connections break", () => {
    it("keeps a connection for requests that read, and leaves it when it is told to", async () => {
      for (let index = 0; index < 3; index += 1) await (await ask(backend.url)).text();
      assert.equal(new Set(backend.seen.map((seen) => seen.socket)).size, 1);
      backend.draining = true;
      await (await ask(backend.url)).text();
      backend.draining = false;
      await (await ask(backend.url)).text();
      assert.equal(new Set(backend.seen.map((seen) => seen.socket)).size, 2);
    });

    it("leaves a connection that was idle for 2 s, long before the API does", async () => {
      await (await ask(backend.url)).text();
      assert.equal(backend.connections, 1);
      await waitFor(() => backend.connections === 0, "the end of the connection", 5000);
    });

    it("waits longer than that for an answer", async () => {
      backend.handler = (request, response, body) => {
        setTimeout(() => {
          ok(request, response, body);
        }, 2300);
      };
      assert.equal((await ask(backend.url)).status, 200);
    });

    it("sends each request that writes on a connection of its own", async () => {
      await (await ask(backend.url)).text();
      for (const method of ["POST", "PATCH", "DELETE"]) {
        await (await ask(backend.url, { method })).text();
      }
      assert.equal(new Set(backend.seen.map((seen) => seen.socket)).size, 4);
    });

    it("asks again when a request that reads was cut off", async () => {
      backend.handler = (request, response, body) => {
        if (backend.seen.length === 1) request.socket.resetAndDestroy();
        else ok(request, response, body);
      };
      const response = await ask(backend.url);
      assert.equal(response.status, 200);
      assert.equal(backend.seen.length, 2);
    });

    it("asks only once more", async () => {
      backend.handler = (request) => request.socket.resetAndDestroy();
      await expectProblem(await ask(backend.url), 502);
      assert.equal(backend.seen.length, 2);
    });

    for (const method of ["POST", "PATCH", "DELETE"]) {
      it(`never sends ${method} twice`, async () => {
        backend.handler = (request) => request.socket.resetAndDestroy();
        await expectProblem(await ask(backend.url, { method }), 502);
        assert.equal(backend.seen.length, 1);
      });
    }

    for (const method of ["GET", "POST"]) {
      it(`sends ${method} again when there was no connection to send it on`, async () => {
        const port = await freePort();
        const waiting = ask(new URL(`http://127.0.0.1:${port}`), { method });
        await pause(40);
        const late = await Backend.start(ok, port);
        const response = await waiting;
        late.kill();
        assert.equal(response.status, 200);
        assert.equal(late.seen.length, 1);
      });
    }

    for (const how of ["cancels the answer", "aborts the request"]) {
      it(`ends a stream when the browser ${how}`, async () => {
        const gone = new AbortController();
        let closed = false;
        backend.handler = (request, response) => {
          request.socket.once("close", () => (closed = true));
          response.writeHead(200, { "content-type": "text/event-stream" });
          response.write("data: 1\n\n");
        };
        const asked = { method: "POST", body: "{}", signal: gone.signal };
        const reader = (await ask(backend.url, asked)).body?.getReader();
        await reader?.read();
        assert.equal(closed, false);
        if (how.startsWith("cancels")) await reader?.cancel();
        else gone.abort();
        await waitFor(() => closed, "the end of the stream");
        await reader?.closed.catch(() => undefined);
      });
    }

    it("stops asking when the browser has gone", async () => {
      const gone = new AbortController();
      let closed = false;
      backend.handler = (request) => {
        request.socket.once("close", () => (closed = true));
        gone.abort();
      };
      const response = await ask(backend.url, { signal: gone.signal });
      assert.equal(response.status, 502);
      await waitFor(() => closed, "the end of the request");
      assert.equal(backend.seen.length, 1);
    });
  });
});
