import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Tokens } from "../src/auth/tokens.ts";
import { hold } from "../tools/local-postgres.ts";
import { secrets } from "./support/app.ts";
import { Chat } from "./support/chat-client.ts";
import { createCaller } from "./support/http-client.ts";
import { postgres } from "./support/mocha-setup.ts";
import { Program, waitFor } from "./support/process.ts";
import { type Server, startServer } from "./support/server.ts";

const account = { email: "ada@example.org", password: "correct horse battery" };

describe("a connection that is lost while it is in use", () => {
  let databaseUrl: string;
  let server: Server;
  let chat: Chat;

  before(async () => {
    databaseUrl = await postgres().database();
    const env = { DATABASE_URL: databaseUrl, DRAIN_SECONDS: "0" };
    assert.equal((await Program.start("migrate", env).ended).code, 0);
    server = await startServer(env);
    const signUp = { ...account, name: "Ada" };
    const call = createCaller(server.origin, {});
    const { status, body } = await call("POST", "/api/auth/sign-up/email", signUp);
    assert.equal(status, 200);
    const { id } = body.user as { id: string };
    const token = new Tokens(secrets.jwtSecret).create(id);
    const user = {
      id,
      token,
      call: createCaller(server.origin, { authorization: `Bearer ${token}` }),
    };
    chat = await Chat.create(server, user);
  });
  after(async () => {
    server.program.process.kill("SIGTERM");
    assert.equal((await server.program.ended).code, 0);
  });

  /** Sends a request that waits for a locked table, and terminates its connection. */
  const cutWhile = async <T>(table: string, ask: () => Promise<T>): Promise<T> => {
    const unlock = await hold(databaseUrl, `lock table ${table}`);
    try {
      const asked = ask();
      await waitFor(async () => {
        const { rowCount } = await postgres().admin(
          "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'",
        );
        return rowCount === 1;
      }, `a statement that waits for ${table}`);
      return await asked;
    } finally {
      await unlock();
    }
  };

  const expectAlive = async (): Promise<void> => {
    assert.equal(server.program.process.exitCode, null, server.program.stderr);
    assert.equal((await fetch(`${server.origin}/health/live`)).status, 200);
  };

  it("by a tool of the chat: the turn can be retried, and runs once", async () => {
    const id = randomUUID();
    const broken = await cutWhile("tasks", () => chat.tell("add milk", id));
    const { event, data } = broken.events.at(-1) ?? {};
    assert.deepEqual([event, data?.status, data?.retryable], ["error", 503, true]);
    await expectAlive();
    assert.equal((await chat.tell("add milk", id)).text, "Added “milk”.");
    const { rowCount } = await postgres().admin("select from tasks", databaseUrl);
    assert.equal(rowCount, 1);
  });

  it("before a message is stored: 503", async () => {
    const id = randomUUID();
    const response = await cutWhile("chat_messages", () => chat.send("help", id));
    assert.equal(response.status, 503);
    assert.equal(response.headers.get("retry-after"), "2");
    assert.match(response.headers.get("content-type") ?? "", /problem\+json/);
    await response.text();
    await expectAlive();
    assert.equal((await chat.tell("help", id)).status, 200);
  });

  it("by a sign-in: 503", async () => {
    const call = createCaller(server.origin, {});
    const signIn = () => call("POST", "/api/auth/sign-in/email", account);
    const answer = await cutWhile("users", signIn);
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get("retry-after"), "2");
    assert.match(String(answer.body.detail), /database is not available/);
    await expectAlive();
    assert.equal((await signIn()).status, 200);
  });
});
