import assert from "node:assert/strict";
import { ChatStore } from "../src/features/chat/chat-store.ts";
import { answerTo, FakeChat, question, redirectFetch } from "./support/fake-chat.ts";
import { waitFor } from "./support/network.ts";

const FAILURE = "This can't be answered.";

describe("the chat store", () => {
  let chat: FakeChat;
  let store: ChatStore;
  let taskChanges: number;
  const cleanups: (() => void)[] = [];

  beforeEach(async () => {
    chat = await FakeChat.start();
    const restoreFetch = redirectFetch(chat.backend);
    store = new ChatStore();
    taskChanges = 0;
    cleanups.push(
      store.onTasksChanged(() => (taskChanges += 1)),
      () => {
        chat.backend.kill();
      },
      restoreFetch,
    );
    chat.messages.set("one", []).set("two", []);
  });
  afterEach(() => {
    for (const cleanup of cleanups.splice(0)) cleanup();
  });

  const view = () => store.view();
  const until = (what: string, condition: () => boolean) => waitFor(condition, what);
  const start = async (): Promise<void> => {
    cleanups.unshift(store.start());
    await until("a conversation to be open", () => view().history !== undefined);
  };
  const open = async (id: string): Promise<void> => {
    store.open(id);
    await until(
      `${id} to be open`,
      () => view().conversationId === id && view().history !== undefined,
    );
  };
  const contents = () => view().history?.messages.map(({ content }) => content);
  const sentIds = () => chat.sent.map(({ id }) => id);
  /** A promise and the function that resolves it. */
  const gate = () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    return { held, release };
  };
  /** Delays all answers until the returned function is called. */
  const holdAnswers = (): (() => void) => {
    const { held, release } = gate();
    chat.respond = (...all) =>
      void held.then(() => {
        chat.succeed(...all);
      });
    return release;
  };

  it("opens the last used conversation and keeps its messages", async () => {
    await start();
    assert.equal(view().conversationId, "one");
    assert.equal(view().ready, true);
    assert.equal(await store.send("add milk"), true);
    assert.equal(view().ready, false);
    await until("the answer", () => view().turn === undefined);
    assert.deepEqual(contents(), ["add milk", "Done: add milk"]);
    assert.equal(view().ready, true);
    assert.equal(taskChanges, 1);
  });

  it("replaces a failed message with the next one", async () => {
    chat.respond = (message, response, conversationId) => {
      if (message.content === "poison") chat.fail(response, FAILURE);
      else chat.succeed(message, response, conversationId);
    };
    await start();
    await store.send("poison");
    await until("the problem", () => view().turn?.problem === FAILURE);
    assert.equal(view().ready, true);
    assert.equal(await store.send("add milk"), true);
    await until("the answer", () => view().turn === undefined);
    assert.deepEqual(contents(), ["poison", "add milk", "Done: add milk"]);
  });

  it("sends a failed message again with the same id on retry", async () => {
    chat.respond = (_message, response) => {
      chat.fail(response, FAILURE);
    };
    await start();
    await store.send("add milk");
    await until("the problem", () => view().turn?.problem === FAILURE);
    chat.respond = (...all) => {
      chat.succeed(...all);
    };
    store.retry();
    assert.equal(view().ready, false);
    await until("the answer", () => view().turn === undefined);
    assert.deepEqual(contents(), ["add milk", "Done: add milk"]);
    assert.equal(sentIds().length, 2);
    assert.equal(new Set(sentIds()).size, 1);
  });

  it("does not send a failed or dismissed message again automatically", async () => {
    chat.respond = (_message, response) => {
      chat.fail(response, FAILURE);
    };
    await start();
    await store.send("poison");
    await until("the problem", () => view().turn?.problem === FAILURE);
    await open("two");
    assert.equal(view().turn, undefined);
    await open("one");
    assert.equal(view().turn?.problem, FAILURE);
    assert.deepEqual(contents(), []);
    store.dismiss();
    assert.equal(view().turn, undefined);
    assert.deepEqual(contents(), ["poison"]);
    await open("two");
    await open("one");
    assert.deepEqual([view().turn, view().ready, contents()], [undefined, true, ["poison"]]);
    assert.equal(sentIds().length, 1);
  });

  it("completes a turn while another conversation is open", async () => {
    const release = holdAnswers();
    await start();
    await store.send("add milk");
    await open("two");
    assert.equal(view().turn, undefined);
    assert.equal(view().ready, true);
    release();
    await until("the change of the task list", () => taskChanges === 1);
    assert.deepEqual(contents(), []);
    await open("one");
    assert.deepEqual(contents(), ["add milk", "Done: add milk"]);
    assert.equal(sentIds().length, 1);
  });

  it("shows a running turn when its conversation is opened again", async () => {
    const release = holdAnswers();
    await start();
    await store.send("add milk");
    await open("two");
    await open("one");
    assert.equal(view().turn?.content, "add milk");
    assert.equal(view().ready, false);
    assert.deepEqual(contents(), []);
    release();
    await until("the answer", () => view().turn === undefined);
    assert.deepEqual(contents(), ["add milk", "Done: add milk"]);
    assert.equal(sentIds().length, 1);
  });

  it("creates one conversation for two messages in quick succession", async () => {
    await start();
    store.open(undefined);
    const { held, release } = gate();
    chat.hold = held;
    const first = store.send("add milk");
    assert.equal(view().ready, false);
    assert.equal(await store.send("add bread"), false);
    release();
    assert.equal(await first, true);
    assert.equal(view().conversationId, "created-1");
    await until("the answer", () => view().history?.messages.length === 2);
    assert.equal(chat.createdCount, 1);
    assert.deepEqual(contents(), ["add milk", "Done: add milk"]);
  });

  it("keeps the conversation open that is picked while another is created", async () => {
    await start();
    store.open(undefined);
    const { held, release } = gate();
    chat.hold = held;
    const sent = store.send("add milk");
    store.open("two");
    release();
    assert.equal(await sent, true);
    await until("the message to be answered", () => taskChanges === 1);
    assert.equal(view().conversationId, "two");
    assert.equal(view().turn, undefined);
    assert.deepEqual(contents(), []);
    assert.equal(chat.sent[0]?.conversationId, "created-1");
  });

  it("keeps a new conversation open that is started while the list is read", async () => {
    const { held, release } = gate();
    chat.hold = held;
    cleanups.unshift(store.start());
    store.open(undefined);
    release();
    await until("the list", () => view().conversations !== undefined);
    assert.equal(view().conversationId, undefined);
    assert.equal(view().ready, true);
  });

  it("renames a conversation and rejects when that fails", async () => {
    await start();
    await store.rename("one", "Groceries");
    assert.deepEqual(
      view().conversations?.map(({ title }) => title),
      ["Groceries", "two"],
    );
    chat.backend.kill();
    await assert.rejects(store.rename("one", "Errands"), /can't be reached/);
    assert.equal(view().conversations?.[0]?.title, "Groceries");
  });

  it("does not accept a message when no conversation can be created", async () => {
    await start();
    store.open(undefined);
    chat.backend.kill();
    assert.equal(await store.send("add milk"), false);
    assert.match(view().problem ?? "", /can't be reached/);
    assert.equal(view().ready, true);
  });

  it("repeats the turn that ran when the page was closed", async () => {
    chat.messages.set("one", [question("m", "add milk")]);
    await start();
    await until("the answer", () => view().history?.messages.length === 2);
    assert.deepEqual(sentIds(), ["m"]);
  });

  it("does not repeat the turn of an old message automatically", async () => {
    const old = question("m", "delete everything", new Date(Date.now() - 3_600_000));
    chat.messages.set("one", [question("l", "hello"), answerTo(question("l", ""), "Hello."), old]);
    await start();
    assert.match(view().turn?.problem ?? "", /no answer/);
    assert.deepEqual(contents(), ["hello", "Hello."]);
    assert.deepEqual(sentIds(), []);
    store.retry();
    await until("the answer", () => view().history?.messages.length === 4);
    assert.deepEqual(sentIds(), ["m"]);
  });
});
