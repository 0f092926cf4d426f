import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { freePort } from "../tools/local-postgres.ts";
import { secrets } from "./support/app.ts";
import { parseEvents, readEvents } from "./support/chat-client.ts";
import { FakeCohere, hangs, says } from "./support/fake-cohere.ts";
import { Browser, createCaller } from "./support/http-client.ts";
import { postgres } from "./support/mocha-setup.ts";
import { Program, waitFor } from "./support/process.ts";

/** The bundle that the image runs. Everything that it loads has to be in it. */
describe("dist/main.js", () => {
  let fake: FakeCohere;
  let program: Program;
  let origin: string;
  let browser: Browser;

  before(async () => {
    fake = await FakeCohere.start();
    const port = await freePort();
    const env = {
      DATABASE_URL: await postgres().database(),
      BETTER_AUTH_SECRET: secrets.authSecret,
      JWT_SECRET: secrets.jwtSecret,
      COHERE_API_KEY: "a-key-for-the-model",
      COHERE_API_URL: fake.url,
      ...{ PORT: String(port), HOST: "127.0.0.1", DRAIN_SECONDS: "0", CLOSE_SECONDS: "5" },
    };
    assert.equal((await Program.start("migrate", env).ended).code, 0);
    program = Program.start("main", env);
    await program.waitForOutput("Server listening");
    origin = `http://127.0.0.1:${port}`;
    browser = new Browser(origin);
  });
  after(() => {
    fake.close();
    program.process.kill("SIGKILL");
  });

  const send = async (content: string): Promise<Response> => {
    const { body } = await browser.call("POST", "/api/chat/sessions", {});
    return fetch(`${origin}/api/chat/sessions/${String(body.id)}/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: browser.cookie },
      body: JSON.stringify({ id: randomUUID(), content }),
    });
  };

  it("signs up, stores a task, and serves its description", async () => {
    const account = { name: "Ada", email: "ada@example.org", password: "correct horse" };
    assert.equal((await browser.call("POST", "/api/auth/sign-up/email", account)).status, 200);
    const added = await browser.call("POST", "/api/tasks", { title: "buy milk" });
    assert.equal(added.status, 201, JSON.stringify(added.body));
    const { token } = (await browser.call("POST", "/api/token")).body;
    const authorization = `Bearer ${String(token)}`;
    const { body } = await createCaller(origin, { authorization })("GET", "/api/tasks");
    assert.deepEqual((body.tasks as unknown[])[0], added.body);
    for (const path of ["/docs/swagger-ui-bundle.js", "/docs/openapi.json", "/metrics"]) {
      assert.equal((await fetch(origin + path)).status, 200, path);
    }
  });

  it("asks the model, whose SDK it loads with the first question", async () => {
    fake.replies = [says("Hello, Ada.")];
    const events = await readEvents(await send("hello"));
    assert.equal(events.at(-1)?.data.message.content, "Hello, Ada.");
    assert.equal(events.at(-1)?.data.message.source, "model");
  });

  it("ends a streaming answer with an error event, in time, on SIGTERM", async () => {
    fake.replies = [hangs];
    const response = await send("hello again");
    await waitFor(() => fake.asked.length === 2, "the question");
    const started = performance.now();
    program.process.kill("SIGTERM");
    const events = parseEvents(await response.text());
    assert.deepEqual(
      events.map(({ event }) => event),
      ["accepted", "error"],
    );
    assert.equal(events[1]?.data.retryable, true);
    assert.equal((await program.ended).code, 0);
    assert.ok(performance.now() - started < 5000);
    assert.doesNotMatch(program.stdout, /hello|Ada|correct horse|a-key-for|milk/);
  });
});
