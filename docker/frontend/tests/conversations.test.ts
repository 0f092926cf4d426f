import assert from "node:assert/strict";
import { Conversations } from "../src/lib/conversations.ts";
import { answerTo, ChatServer, fetchFrom, question } from "./support/chat.ts";
import { waitFor } from "./support/net.ts";

const NEVER = "This can't be answered.";

describe("conversations", () => {
  let server: ChatServer;
  let conversations: Conversations;
  let changes: number;
  const ends: (() => void)[] = [];

  beforeEach(async () => {
    server = await ChatServer.start();
    const fetching = fetchFrom(server.backend);
    conversations = new Conversations();
    changes = 0;
    ends.push(
      conversations.onTasksChanged(() => (changes += 1)),
      () => {
        server.backend.kill();
      },
      fetching.restore,
    );
    server.messages.set("one", []).set("two", []);
  });
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  const view = () => conversations.view();
  const until = (what: string, holds: () => boolean) => waitFor(holds, what);
  const start = async (): Promise<void> => {
    ends.unshift(conversations.start());
    await until("a conversation to be open", () => view().history !== undefined);
  };
  const open = async (id: string): Promise<void> => {
    conversations.open(id);
    await until(`${id} to be open`, () => view().chatId === id && view().history !== undefined);
  };
  const said = () => view().history?.messages.map(({ content }) => content);
  const ids = () => server.sent.map(({ id }) => id);
  /** Holds something back until it is let go. */
  const gate = () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    return { held, release };
  };
  /** The chat answers once the returned function is called. */
  const holdAnswers = (): (() => void) => {
    const { held, release } = gate();
    server.respond = (...all) =>
      void held.then(() => {
        server.succeed(...all);
      });
    return release;
  };

  it("open with the one that was used last, and keep what is said", async () => {
    await start();
    assert.equal(view().chatId, "one");
    assert.equal(view().ready, true);
    assert.equal(await conversations.send("add milk"), true);
    assert.equal(view().ready, false);
    await until("the answer", () => view().turn === undefined);
    assert.deepEqual(said(), ["add milk", "Done: add milk"]);
    assert.equal(view().ready, true);
    assert.equal(changes, 1);
  });

  it("take another message in place of one that has failed", async () => {
    server.respond = (message, response, chatId) => {
      if (message.content === "poison") server.fail(response, NEVER);
      else server.succeed(message, response, chatId);
    };
    await start();
    await conversations.send("poison");
    await until("the problem", () => view().turn?.problem === NEVER);
    assert.equal(view().ready, true);
    assert.equal(await conversations.send("add milk"), true);
    await until("the answer", () => view().turn === undefined);
    assert.deepEqual(said(), ["poison", "add milk", "Done: add milk"]);
  });

  it("send a message that has failed again with its id, when that is asked for", async () => {
    server.respond = (_message, response) => {
      server.fail(response, NEVER);
    };
    await start();
    await conversations.send("add milk");
    await until("the problem", () => view().turn?.problem === NEVER);
    server.respond = (...all) => {
      server.succeed(...all);
    };
    conversations.again();
    assert.equal(view().ready, false);
    await until("the answer", () => view().turn === undefined);
    assert.deepEqual(said(), ["add milk", "Done: add milk"]);
    assert.equal(ids().length, 2);
    assert.equal(new Set(ids()).size, 1);
  });

  it("don't send a message again by themselves that has failed, or was dismissed", async () => {
    server.respond = (_message, response) => {
      server.fail(response, NEVER);
    };
    await start();
    await conversations.send("poison");
    await until("the problem", () => view().turn?.problem === NEVER);
    await open("two");
    assert.equal(view().turn, undefined);
    await open("one");
    assert.equal(view().turn?.problem, NEVER);
    assert.deepEqual(said(), []);
    conversations.dismiss();
    assert.equal(view().turn, undefined);
    assert.deepEqual(said(), ["poison"]);
    await open("two");
    await open("one");
    assert.deepEqual([view().turn, view().ready, said()], [undefined, true, ["poison"]]);
    assert.equal(ids().length, 1);
  });

  it("await an answer to its end while another one is open", async () => {
    const release = holdAnswers();
    await start();
    await conversations.send("add milk");
    await open("two");
    assert.equal(view().turn, undefined);
    assert.equal(view().ready, true);
    release();
    await until("the list of tasks to follow", () => changes === 1);
    assert.deepEqual(said(), []);
    await open("one");
    assert.deepEqual(said(), ["add milk", "Done: add milk"]);
    assert.equal(ids().length, 1);
  });

  it("show what is awaited when their conversation is opened again", async () => {
    const release = holdAnswers();
    await start();
    await conversations.send("add milk");
    await open("two");
    await open("one");
    assert.equal(view().turn?.content, "add milk");
    assert.equal(view().ready, false);
    assert.deepEqual(said(), []);
    release();
    await until("the answer", () => view().turn === undefined);
    assert.deepEqual(said(), ["add milk", "Done: add milk"]);
    assert.equal(ids().length, 1);
  });

  it("begin only one for a quick second message", async () => {
    await start();
    conversations.open(undefined);
    const { held, release } = gate();
    server.hold = held;
    const first = conversations.send("add milk");
    assert.equal(view().ready, false);
    assert.equal(await conversations.send("add bread"), false);
    release();
    assert.equal(await first, true);
    assert.equal(view().chatId, "begun-1");
    await until("the answer", () => view().history?.messages.length === 2);
    assert.equal(server.begun, 1);
    assert.deepEqual(said(), ["add milk", "Done: add milk"]);
  });

  it("stay with the one that was picked while another was begun", async () => {
    await start();
    conversations.open(undefined);
    const { held, release } = gate();
    server.hold = held;
    const sent = conversations.send("add milk");
    conversations.open("two");
    release();
    assert.equal(await sent, true);
    await until("the message to be answered", () => changes === 1);
    assert.equal(view().chatId, "two");
    assert.equal(view().turn, undefined);
    assert.deepEqual(said(), []);
    assert.equal(server.sent[0]?.chatId, "begun-1");
  });

  it("stay with a new one that was begun while the list was read", async () => {
    const { held, release } = gate();
    server.hold = held;
    ends.unshift(conversations.start());
    conversations.open(undefined);
    release();
    await until("the list", () => view().chats !== undefined);
    assert.equal(view().chatId, undefined);
    assert.equal(view().ready, true);
  });

  it("get another title, and say where that fails", async () => {
    await start();
    await conversations.rename("one", "Groceries");
    assert.deepEqual(
      view().chats?.map(({ title }) => title),
      ["Groceries", "two"],
    );
    server.backend.kill();
    await assert.rejects(conversations.rename("one", "Errands"), /can't be reached/);
    assert.equal(view().chats?.[0]?.title, "Groceries");
  });

  it("keep what was typed when none can be begun", async () => {
    await start();
    conversations.open(undefined);
    server.backend.kill();
    assert.equal(await conversations.send("add milk"), false);
    assert.match(view().problem ?? "", /can't be reached/);
    assert.equal(view().ready, true);
  });

  it("ask again for the answer that came when the page was left", async () => {
    server.messages.set("one", [question("m", "add milk")]);
    await start();
    await until("the answer", () => view().history?.messages.length === 2);
    assert.deepEqual(ids(), ["m"]);
  });

  it("ask whether a message is still meant that got no answer long ago", async () => {
    const old = question("m", "delete everything", new Date(Date.now() - 3_600_000));
    server.messages.set("one", [
      question("l", "hello"),
      answerTo(question("l", ""), "Hello."),
      old,
    ]);
    await start();
    assert.match(view().turn?.problem ?? "", /no answer/);
    assert.deepEqual(said(), ["hello", "Hello."]);
    assert.deepEqual(ids(), []);
    conversations.again();
    await until("the answer", () => view().history?.messages.length === 4);
    assert.deepEqual(ids(), ["m"]);
  });
});
