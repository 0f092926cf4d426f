import assert from "node:assert/strict";
import { startApp, type TestApp } from "./support/app.ts";

interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Record<string, Record<string, { security?: unknown[]; requestBody?: unknown }>>;
}

describe("/docs", () => {
  let app: TestApp;
  before(async () => {
    app = await startApp();
  });
  after(() => app.close());

  it("describes every route except those below /docs, and says which are open", async () => {
    const { status, body } = await app.anonymous("GET", "/docs/openapi.json");
    assert.equal(status, 200);
    const { openapi, info, paths } = body as unknown as OpenApi;
    assert.equal(openapi, "3.1.0");
    assert.equal(info.version, "1.2.3");
    const described = Object.keys(paths).map((path) => path.replace(/\{(\w+)\}/g, ":$1"));
    const routed = new Set(app.routes.map(({ url }) => url));
    const expected = [...routed].filter((url) => !url.startsWith("/docs"));
    assert.deepEqual(described.sort(), expected.sort());
    assert.equal(paths["/api/tasks"]?.post?.security, undefined);
    assert.ok(paths["/api/tasks"]?.post?.requestBody);
    assert.deepEqual(paths["/api/auth/sign-in/email"]?.post?.security, []);
  });

  it("is a page that loads all its parts from this server, and nothing from other hosts", async () => {
    const page = await fetch(`${app.origin}/docs`);
    assert.equal(page.status, 200);
    assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'/);
    const html = await page.text();
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part]) => part ?? "");
    assert.equal(parts.length, 3);
    for (const part of parts) {
      const answer = await fetch(new URL(part, `${app.origin}/docs`));
      assert.equal(answer.status, 200, part);
      assert.ok((await answer.text()).length > 50);
    }
  });
});

describe("/metrics", () => {
  it("counts requests by route, status and time, and what the process uses", async () => {
    const app = await startApp();
    try {
      await app.call("GET", "/api/tasks?search=secretword");
      await app.call("GET", "/api/tasks/00000000-0000-4000-8000-000000000000");
      const { status, body, headers } = await app.anonymous("GET", "/metrics");
      assert.equal(status, 200);
      assert.match(headers.get("content-type") ?? "", /^text\/plain/);
      const text = String(body.text);
      const count = (labels: string): RegExp =>
        new RegExp(`^http_request_duration_seconds_count\\{${labels}\\} 1$`, "m");
      assert.match(text, count('method="GET",route="/api/tasks",status="200"'));
      assert.match(text, count('method="GET",route="/api/tasks/:id",status="404"'));
      assert.match(text, /^process_resident_memory_bytes \d+/m);
      assert.match(text, /^database_connections\{state="idle"\} \d/m);
      assert.doesNotMatch(text, /secretword|00000000/);
    } finally {
      await app.close();
    }
  });
});
