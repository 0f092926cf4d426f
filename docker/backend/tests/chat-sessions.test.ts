import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { hold } from "../tools/local-postgres.ts";
import { startApp, type TestApp, type User } from "./support/app.ts";
import { Chat } from "./support/chat-client.ts";
import { postgres } from "./support/mocha-setup.ts";
import { waitFor } from "./support/process.ts";

interface Page {
  readonly sessions: readonly { readonly id: string; readonly title: string }[];
  readonly messages: readonly { readonly content: string; readonly role: string }[];
  readonly nextCursor: string | null;
}

describe("conversations", () => {
  let app: TestApp;
  let user: User;

  before(async () => {
    app = await startApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    user = await app.user();
  });

  const get = async (path: string): Promise<Page> => {
    const { status, body } = await user.call("GET", path);
    assert.equal(status, 200, JSON.stringify(body));
    return body as unknown as Page;
  };
  const messages = (chat: Chat, query = ""): Promise<Page> =>
    get(`/api/chat/sessions/${chat.sessionId}/messages${query}`);

  it("are created, named by their first message, renamed and deleted", async () => {
    const created = await user.call("POST", "/api/chat/sessions", { title: " Plans " });
    assert.equal(created.status, 201);
    assert.equal(created.body.title, "Plans");
    assert.equal(created.headers.get("location"), `/api/chat/sessions/${String(created.body.id)}`);
    const chat = await Chat.create(app, user);
    const path = `/api/chat/sessions/${chat.sessionId}`;
    await chat.tell(`add ${"very ".repeat(30)}long`);
    const { title } = (await user.call("GET", path)).body;
    assert.match(String(title), /^add very very.*…$/);
    assert.ok(String(title).length <= 60);
    assert.equal((await user.call("PATCH", path, { title: "Shop" })).body.title, "Shop");
    await chat.tell("help");
    assert.equal((await user.call("GET", path)).body.title, "Shop");
    assert.equal((await user.call("DELETE", path)).status, 204);
    assert.equal((await user.call("GET", `${path}/messages`)).status, 404);
    assert.equal((await chat.tell("help")).status, 404);
  });

  it("are listed in pages, last used first", async () => {
    const chats: Chat[] = [];
    for (let count = 0; count < 5; count += 1) chats.push(await Chat.create(app, user));
    await chats[1]?.tell("help");
    const found: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const from: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const page = await get(`/api/chat/sessions?limit=2${from}`);
      found.push(...page.sessions.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    const expected = [1, 4, 3, 2, 0].map((index) => chats[index]?.sessionId);
    assert.deepEqual(found, expected);
  });

  it("keep all messages in order, and return the newest page first", async () => {
    const chat = await Chat.create(app, user);
    for (const word of ["one", "two", "three"]) await chat.tell(`add ${word}`);
    const whole = await messages(chat);
    assert.deepEqual(
      whole.messages.map(({ role, content }) => `${role}: ${content}`),
      ["one", "two", "three"].flatMap((word) => [
        `user: add ${word}`,
        `assistant: Added “${word}”.`,
      ]),
    );
    const newest = await messages(chat, "?limit=4");
    assert.deepEqual(newest.messages, whole.messages.slice(2));
    const older = await messages(chat, `?limit=4&cursor=${String(newest.nextCursor)}`);
    assert.deepEqual([older.messages, older.nextCursor], [whole.messages.slice(0, 2), null]);
  });

  it("repeat the answer of a finished turn without running its tools again", async () => {
    const chat = await Chat.create(app, user);
    const id = randomUUID();
    const first = await chat.tell("add milk", id);
    const again = await chat.tell("add milk", id);
    assert.equal(again.text, first.text);
    assert.equal(again.streamed, first.text);
    assert.deepEqual(again.tools, []);
    assert.equal(((await user.call("GET", "/api/tasks")).body.tasks as unknown[]).length, 1);
    assert.equal((await messages(chat)).messages.length, 2);
    assert.equal((await chat.tell("add bread", id)).status, 409);
    const upper = await chat.tell("add milk", id.toUpperCase());
    assert.equal(upper.text, first.text);
  });

  it("run a turn once although its message is sent several times at once", async () => {
    const chat = await Chat.create(app, user);
    const id = randomUUID();
    const all = await Promise.all(Array.from({ length: 5 }, () => chat.tell("add milk", id)));
    for (const { status, text } of all) assert.deepEqual([status, text], [200, "Added “milk”."]);
    assert.equal(((await user.call("GET", "/api/tasks")).body.tasks as unknown[]).length, 1);
  });

  it("answer one message at a time", async () => {
    const chat = await Chat.create(app, user);
    const unlock = await hold(app.databaseUrl, "lock table tasks");
    const id = randomUUID();
    const first = chat.tell("add milk", id);
    await waitFor(async () => (await messages(chat)).messages.length === 1, "the first one stored");
    const second = await chat.send("add bread");
    assert.equal(second.status, 409);
    assert.equal(second.headers.get("retry-after"), "1");
    await unlock();
    assert.equal((await first).text, "Added “milk”.");
    assert.equal((await chat.tell("add bread")).text, "Added “bread”.");
  });

  it("finish a turn after the client has disconnected", async () => {
    const chat = await Chat.create(app, user);
    const unlock = await hold(app.databaseUrl, "lock table tasks");
    const leave = new AbortController();
    const response = await chat.send("add milk", randomUUID(), leave.signal);
    assert.equal(response.status, 200);
    leave.abort();
    await unlock();
    await waitFor(async () => (await messages(chat)).messages.length === 2, "the answer");
    assert.equal((await messages(chat)).messages[1]?.content, "Added “milk”.");
  });

  it("keep the message when the database fails, so that it can be sent again", async () => {
    const chat = await Chat.create(app, user);
    const id = randomUUID();
    const unlock = await hold(app.databaseUrl, "lock table tasks");
    // The statement runs into its timeout.
    const { events } = await chat.tell("add milk", id);
    await unlock();
    assert.deepEqual(
      events.map(({ event }) => event),
      ["accepted", "error"],
    );
    const { status, retryable } = events[1]?.data ?? {};
    assert.deepEqual([status, retryable], [503, true]);
    assert.equal((await messages(chat)).messages.length, 1);
    assert.equal((await chat.tell("add milk", id)).text, "Added “milk”.");
  });

  it("continue an interrupted turn after the tools that have run", async () => {
    const chat = await Chat.create(app, user);
    for (const title of ["a", "b", "c"]) await user.call("POST", "/api/tasks", { title });
    await chat.tell("list tasks");
    // The third change fails, as if the process were killed there.
    const trap = `create function trap() returns trigger language plpgsql as
      $$ begin if new.title = 'a' then raise exception 'trap'; end if; return new; end $$;
      create trigger trap before update on tasks for each row execute function trap()`;
    await postgres().admin(trap, app.databaseUrl);
    const id = randomUUID();
    const broken = await chat.tell("complete all", id);
    assert.equal(broken.events.at(-1)?.event, "error");
    await postgres().admin("drop function trap cascade", app.databaseUrl);
    const { rows } = await postgres().admin(
      "select version from tasks order by title",
      app.databaseUrl,
    );
    const told = await chat.tell("complete all", id);
    assert.equal(told.text, "Done: “c”.\nDone: “b”.\nDone: “a”.");
    const path = "/api/tasks?sort=title";
    const { tasks } = (await user.call("GET", path)).body as unknown as {
      tasks: { completed: boolean; version: number }[];
    };
    assert.deepEqual(
      tasks.map(({ completed, version }) => [completed, version]),
      [
        [true, 2],
        [true, 2],
        [true, 2],
      ],
      JSON.stringify(rows),
    );
  });

  it("are taken over when the lease of another process has expired", async () => {
    const chat = await Chat.create(app, user);
    const id = randomUUID();
    // The state that a killed process leaves behind.
    const left = `insert into chat_messages (session_id, id, role, content)
        values ('${chat.sessionId}', '${id}', 'user', 'add milk');
      update agent_state set turn_message_id = '${id}', turn_holder = gen_random_uuid(),
        turn_until = now() + interval '1 second' where session_id = '${chat.sessionId}'`;
    await postgres().admin(left, app.databaseUrl);
    assert.equal((await chat.send("help")).status, 409);
    const told = await chat.tell("add milk", id);
    assert.equal(told.text, "Added “milk”.");
  });

  for (const [what, body, pointer] of [
    ["no id", { content: "x" }, "/id"],
    ["an invalid id", { id: "1", content: "x" }, "/id"],
    ["blank content", { id: randomUUID(), content: " \n" }, "/content"],
    ["content that is too long", { id: randomUUID(), content: "x".repeat(2001) }, "/content"],
    ["an owner", { id: randomUUID(), content: "x", userId: "y" }, "/userId"],
  ] as const) {
    it(`refuse a message with ${what}`, async () => {
      const { sessionId } = await Chat.create(app, user);
      const answer = await user.call("POST", `/api/chat/sessions/${sessionId}/messages`, body);
      assert.equal(answer.status, 400);
      assert.equal((answer.body.errors as { pointer: string }[])[0]?.pointer, pointer);
    });
  }

  it("refuse an unknown time zone", async () => {
    const { sessionId } = await Chat.create(app, user);
    const body = { id: randomUUID(), content: "x", timeZone: "Mars/Olympus" };
    const answer = await user.call("POST", `/api/chat/sessions/${sessionId}/messages`, body);
    assert.equal(answer.status, 400);
    assert.match(String(answer.body.detail), /timeZone is not known/);
  });

  it("leave no text of messages in the log", async () => {
    const chat = await Chat.create(app, user);
    await chat.tell("add visit the oncologist");
    await chat.tell("find oncologist");
    assert.doesNotMatch(app.log.join("\n"), /oncologist/);
  });
});
