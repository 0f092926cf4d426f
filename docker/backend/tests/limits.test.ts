import assert from "node:assert/strict";
import { CONFIG, startApp, type TestApp } from "./support/app.ts";

const NONE = CONFIG.limits;

describe("limits", () => {
  let app: TestApp | undefined;
  afterEach(() => app?.close());

  const start = async (limits: Partial<typeof NONE>, trustedProxies = 1): Promise<TestApp> =>
    (app = await startApp({ config: { limits: { ...NONE, ...limits }, trustedProxies } }));
  const from = (address: string): Record<string, string> => ({ "x-forwarded-for": address });

  it("count each user's requests, wherever they come from", async () => {
    const limited = await start({ perUser: 3 });
    const [one, two] = await Promise.all([limited.user(), limited.user()]);
    for (const left of ["2", "1", "0"]) {
      const answer = await one.call("GET", "/api/tasks", undefined, from(`10.0.0.${left}`));
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("x-ratelimit-remaining"), left);
      assert.equal(answer.headers.get("x-ratelimit-limit"), "3");
    }
    const refused = await one.call("GET", "/api/tasks", undefined, from("10.0.0.9"));
    assert.equal(refused.status, 429);
    assert.match(refused.headers.get("content-type") ?? "", /problem\+json/);
    const seconds = Number(refused.headers.get("retry-after"));
    assert.ok(seconds > 0 && seconds <= 60);
    assert.equal((await two.call("GET", "/api/tasks")).status, 200);
  });

  it("count each address's requests, whoever sends them, before asking who it is", async () => {
    const { call, anonymous } = await start({ perAddress: 2 });
    assert.equal((await call("GET", "/api/tasks", undefined, from("10.0.0.1"))).status, 200);
    assert.equal((await anonymous("GET", "/nothing", undefined, from("10.0.0.1"))).status, 404);
    assert.equal((await call("GET", "/api/tasks", undefined, from("10.0.0.1"))).status, 429);
    assert.equal((await call("GET", "/api/tasks", undefined, from("10.0.0.2"))).status, 200);
  });

  it("let probes and scrapes through always", async () => {
    const { anonymous } = await start({ perAddress: 1 });
    for (const path of ["/health/live", "/health/ready", "/metrics", "/health/live", "/metrics"]) {
      assert.equal((await anonymous("GET", path)).status, 200, path);
    }
  });

  it("are narrow where a password could be guessed", async () => {
    const { anonymous } = await start({ passwordsPerAddress: 2 });
    const attempt = { email: "ada@example.org", password: "guess" };
    const statuses: number[] = [];
    for (const address of ["10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2"]) {
      const path = "/api/auth/sign-in/email";
      statuses.push((await anonymous("POST", path, attempt, from(address))).status);
    }
    assert.deepEqual(statuses, [401, 401, 429, 401]);
    const other = await anonymous("GET", "/api/auth/get-session", undefined, from("10.0.0.1"));
    assert.equal(other.status, 200);
  });

  it("believe the nearest proxy, and nothing that the client wrote before it", async () => {
    const { call } = await start({ perAddress: 1 });
    const get = async (value: string): Promise<number> =>
      (await call("GET", "/api/tasks", undefined, from(value))).status;
    assert.equal(await get("1.1.1.1, 10.0.0.1"), 200);
    assert.equal(await get("2.2.2.2, 10.0.0.1"), 429);
  });

  it("don't read the header at all where there is no proxy", async () => {
    const { call } = await start({ perAddress: 1 }, 0);
    const get = async (value: string): Promise<number> =>
      (await call("GET", "/api/tasks", undefined, from(value))).status;
    assert.equal(await get("10.0.0.1"), 200);
    assert.equal(await get("10.0.0.2"), 429);
  });
});
