import assert from "node:assert/strict";
import { startApp, type TestApp, testConfig } from "./support/app.ts";
import { Chat } from "./support/chat-client.ts";

const unlimited = testConfig.limits;

describe("rate limits", () => {
  let app: TestApp | undefined;
  afterEach(() => app?.close());

  const start = async (limits: Partial<typeof unlimited>, trustedProxies = 1): Promise<TestApp> =>
    (app = await startApp({ config: { limits: { ...unlimited, ...limits }, trustedProxies } }));
  const from = (address: string): Record<string, string> => ({ "x-forwarded-for": address });

  it("count each user's requests from all addresses", async () => {
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

  it("count each address's requests before they are authenticated", async () => {
    const { call, anonymous } = await start({ perAddress: 2 });
    assert.equal((await call("GET", "/api/tasks", undefined, from("10.0.0.1"))).status, 200);
    assert.equal((await anonymous("GET", "/nothing", undefined, from("10.0.0.1"))).status, 404);
    assert.equal((await call("GET", "/api/tasks", undefined, from("10.0.0.1"))).status, 429);
    assert.equal((await call("GET", "/api/tasks", undefined, from("10.0.0.2"))).status, 200);
  });

  it("count an IPv6 network as one address, and both spellings of an IPv4 address as the same", async () => {
    const { call } = await start({ perAddress: 1 });
    const get = async (address: string): Promise<number> =>
      (await call("GET", "/api/tasks", undefined, from(address))).status;
    assert.equal(await get("2001:db8:1:2::1"), 200);
    assert.equal(await get("2001:db8:1:2:ffff:ffff:ffff:ffff"), 429);
    assert.equal(await get("2001:DB8:1:2::2"), 429);
    assert.equal(await get("2001:db8:1:3::1"), 200);
    assert.equal(await get("10.0.0.1"), 200);
    assert.equal(await get("::ffff:10.0.0.1"), 429);
    assert.equal(await get("::ffff:10.0.0.2"), 200);
  });

  it("never refuse probes and scrapes", async () => {
    const { anonymous } = await start({ perAddress: 1 });
    for (const path of ["/health/live", "/health/ready", "/metrics", "/health/live", "/metrics"]) {
      assert.equal((await anonymous("GET", path)).status, 200, path);
    }
  });

  it("are stricter where a password could be guessed", async () => {
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

  it("count the sign-ins to an account from all addresses", async () => {
    const { anonymous } = await start({ signInsPerAccount: 2 });
    const path = "/api/auth/sign-in/email";
    const password = "correct horse battery";
    const ada = { email: "ada@example.org", password, name: "Ada" };
    assert.equal((await anonymous("POST", "/api/auth/sign-up/email", ada)).status, 200);
    const signIn = (email: string, word: string, address: string) =>
      anonymous("POST", path, { email, password: word }, from(address));
    assert.equal((await signIn("ada@example.org", "guess 1", "10.0.0.1")).status, 401);
    assert.equal((await signIn("Ada@Example.ORG", password, "10.0.0.2")).status, 200);
    const refused = await signIn("ADA@example.org", password, "10.0.0.3");
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get("x-ratelimit-limit"), "2");
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    // The same limit holds without an account, so it doesn't reveal whether there is one.
    const statuses: number[] = [];
    for (const address of ["10.0.0.1", "10.0.0.2", "10.0.0.3"]) {
      statuses.push((await signIn("nobody@example.org", password, address)).status);
    }
    assert.deepEqual(statuses, [401, 401, 429]);
    assert.equal((await anonymous("POST", path, { password })).status, 400);
  });

  it("count each user's chat messages, separately from other requests", async () => {
    const limited = await start({ messagesPerUser: 2 });
    const [one, two] = await Promise.all([limited.user(), limited.user()]);
    const [first, second, others] = await Promise.all([
      ...[Chat.create(limited, one), Chat.create(limited, one), Chat.create(limited, two)],
    ]);
    assert.ok(first && second && others);
    assert.equal((await first.tell("help")).status, 200);
    const last = await second.send("help");
    assert.deepEqual([last.status, last.headers.get("x-ratelimit-remaining")], [200, "0"]);
    await last.text();
    const refused = await first.send("help");
    assert.equal(refused.status, 429);
    assert.match(refused.headers.get("content-type") ?? "", /problem\+json/);
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    await refused.text();
    assert.equal((await one.call("GET", "/api/tasks")).status, 200);
    const path = `/api/chat/sessions/${first.sessionId}/messages`;
    assert.equal(((await one.call("GET", path)).body.messages as unknown[]).length, 2);
    assert.equal((await others.tell("help")).status, 200);
  });

  it("trust the address from the nearest proxy, and none that the client sent", async () => {
    const { call } = await start({ perAddress: 1 });
    const get = async (value: string): Promise<number> =>
      (await call("GET", "/api/tasks", undefined, from(value))).status;
    assert.equal(await get("1.1.1.1, 10.0.0.1"), 200);
    assert.equal(await get("2.2.2.2, 10.0.0.1"), 429);
  });

  it("ignore the header when there is no proxy", async () => {
    const { call } = await start({ perAddress: 1 }, 0);
    const get = async (value: string): Promise<number> =>
      (await call("GET", "/api/tasks", undefined, from(value))).status;
    assert.equal(await get("10.0.0.1"), 200);
    assert.equal(await get("10.0.0.2"), 429);
  });
});
