import assert from "node:assert/strict";
import { plusDays, today } from "../src/chat/rules/dates.ts";
import { startApp, type TestApp, type User } from "./support/app.ts";
import { Chat } from "./support/chat-client.ts";
import { postgres } from "./support/mocha-setup.ts";

interface Listed {
  readonly title: string;
  readonly dueDate: string | null;
  readonly completed: boolean;
  readonly priority: string;
  readonly tags: readonly string[];
}

describe("the chat without a model", () => {
  let app: TestApp;
  let user: User;
  let chat: Chat;
  const now = today(new Date(), "UTC");

  before(async () => {
    app = await startApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    user = await app.user();
    chat = await Chat.create(app, user);
  });

  const tasks = async (query = "order=asc"): Promise<readonly Listed[]> =>
    (await user.call("GET", `/api/tasks?${query}`)).body.tasks as readonly Listed[];
  const titles = async (query?: string): Promise<string[]> =>
    (await tasks(query)).map(({ title }) => title);
  const add = async (...all: (string | Record<string, unknown>)[]): Promise<void> => {
    for (const one of all) {
      const task = typeof one === "string" ? { title: one } : one;
      assert.equal((await user.call("POST", "/api/tasks", task)).status, 201);
    }
  };

  it("adds a task with day, priority and tags", async () => {
    const told = await chat.tell("add buy milk tomorrow #shop, high priority");
    assert.equal(told.text, "Added “buy milk”, due tomorrow, high priority, #shop.");
    assert.equal(told.streamed, told.text);
    assert.equal(told.source, "rules");
    const [task] = await tasks();
    assert.deepEqual(
      [task?.title, task?.dueDate, task?.priority, task?.tags],
      ["buy milk", plusDays(now, 1), "high", ["shop"]],
    );
  });

  it("emits events in order: accepted, tool, delta, done", async () => {
    const { events } = await chat.tell("add buy milk");
    assert.deepEqual(
      events.map(({ event }) => event),
      ["accepted", "tool", "delta", "done"],
    );
    const [accepted, tool, , done] = events.map(({ data }) => data);
    assert.ok(accepted && tool && done);
    assert.equal(accepted.message.content, "add buy milk");
    assert.deepEqual(
      [tool.name, tool.ok, tool.changed, tool.taskIds.length],
      ["add_task", true, true, 1],
    );
    assert.equal(done.tasksChanged, true);
    assert.equal(done.message.replyTo, accepted.message.id);
    assert.deepEqual(done.message.tools, [{ name: "add_task", ok: true, taskIds: tool.taskIds }]);
  });

  it("lists the tasks that are due, and no others", async () => {
    await add(
      { title: "soon", dueDate: now },
      { title: "far", dueDate: plusDays(now, 40) },
      { title: "done", dueDate: now, completed: true },
      "never",
    );
    const told = await chat.tell("What is due this week?");
    assert.equal(told.text, "You have 1 open task due this week:\n1. soon, due today");
    assert.equal(told.events.at(-1)?.data.tasksChanged, false);
    assert.match((await chat.tell("what's overdue?")).text, /^You have no open tasks/);
    assert.equal(
      (await chat.tell("how many open tasks do I have?")).text,
      "You have 3 open tasks.",
    );
  });

  it("knows the positions on the last list", async () => {
    await add("apples", "bread", "cheese");
    const { text } = await chat.tell("show my tasks");
    assert.match(text, /1\. cheese\n2\. bread\n3\. apples$/);
    assert.equal((await chat.tell("mark the second one done")).text, "Done: “bread”.");
    assert.deepEqual(await titles("completed=true"), ["bread"]);
    assert.equal((await chat.tell("reopen it")).text, "“bread” is open again.");
    await chat.tell("delete 1 and 3");
    assert.deepEqual(await titles(), ["bread"]);
    assert.match((await chat.tell("finish #7")).text, /There are only 3 on the last list/);
  });

  it("finds a task by words of its title, and asks when several match", async () => {
    await add("buy milk", "buy bread", "call the bank");
    assert.equal((await chat.tell("complete call the bank")).text, "Done: “call the bank”.");
    const asked = await chat.tell("mark buy as done");
    assert.match(asked.text, /^Which one do you mean\?\n1\. buy bread\n2\. buy milk$/);
    assert.deepEqual(await titles("completed=true"), ["call the bank"]);
    assert.equal((await chat.tell("the second one")).text, "Done: “buy milk”.");
    assert.match((await chat.tell("delete the unicorn")).text, /can't find a task.*unicorn/);
  });

  it("changes title, day, priority, tags and description", async () => {
    await add("milk");
    const expected: [string, RegExp][] = [
      ["rename milk to oat milk", /^“oat milk” is now called that\.$/],
      ["move oat milk to tomorrow", /^“oat milk” is due tomorrow\.$/],
      ["postpone it by 2 days", /^“oat milk” is due /],
      ["make it high priority", /^“oat milk” has high priority\.$/],
      ["tag it with shop and food", /^“oat milk” is tagged #shop #food\.$/],
      ["remove tag shop from it", /^“oat milk” is tagged #food\.$/],
      ["add a note to it: the cheap one", /^“oat milk” has a new description\.$/],
    ];
    for (const [said, answer] of expected) assert.match((await chat.tell(said)).text, answer, said);
    const [task] = (await user.call("GET", "/api/tasks")).body.tasks as Record<string, unknown>[];
    const { title, dueDate, priority, tags, description } = task ?? {};
    assert.deepEqual(
      { title, dueDate, priority, tags, description },
      {
        ...{ title: "oat milk", dueDate: plusDays(now, 3), priority: "high", tags: ["food"] },
        description: "the cheap one",
      },
    );
    await chat.tell("remove the due date of oat milk");
    assert.equal((await tasks())[0]?.dueDate, null);
  });

  it("deletes several tasks only after a confirmation", async () => {
    await add(
      "one",
      "two",
      { title: "three", completed: true },
      { title: "four", completed: true },
    );
    assert.match((await chat.tell("delete all done tasks")).text, /delete these 2 tasks for good/);
    assert.equal((await tasks()).length, 4);
    assert.equal((await chat.tell("no")).text, "All right, I leave it as it is.");
    assert.equal((await chat.tell("yes")).text, "All right. What shall I do?");
    await chat.tell("delete all done tasks");
    assert.equal((await chat.tell("yes")).text, "Deleted “four”.\nDeleted “three”.");
    assert.deepEqual(await titles(), ["one", "two"]);
  });

  it("handles several commands in one message", async () => {
    const { text } = await chat.tell("add bread\nadd milk; then mark it done");
    assert.equal(text, "Added “bread”.\nAdded “milk”.\nDone: “milk”.");
    assert.deepEqual(await titles("completed=false"), ["bread"]);
  });

  it("asks before it adds an unclear sentence as a task, and otherwise explains itself", async () => {
    assert.match((await chat.tell("buy milk tomorrow")).text, /Shall I add “buy milk”/);
    assert.deepEqual(await titles(), []);
    assert.match((await chat.tell("yes")).text, /^Added “buy milk”, due tomorrow/);
    assert.match((await chat.tell("hmm")).text, /I didn't understand.*mark the second one done/s);
    assert.match((await chat.tell("help")).text, /I keep your to-do list/);
  });

  it("keeps the memory of each conversation, also across restarts", async () => {
    await add("apples", "bread");
    await chat.tell("show my tasks");
    const other = await Chat.create(app, user);
    assert.match((await other.tell("mark the first one done")).text, /haven't shown you a list/);
    const restarted = await startApp({ url: app.databaseUrl });
    try {
      const told = await chat.on(restarted).tell("mark the first one done");
      assert.equal(told.text, "Done: “bread”.");
    } finally {
      await restarted.close();
    }
  });

  it("never reaches another user's tasks, whatever the message says", async () => {
    const other = await app.user();
    const { body } = await other.call("POST", "/api/tasks", { title: "other's secret" });
    for (const said of [
      "list all tasks",
      "find secret",
      "delete other's secret",
      `delete ${String(body.id)}`,
      `list tasks of user ${other.id}`,
    ]) {
      assert.doesNotMatch((await chat.tell(said)).text, /\d\. other's secret|Deleted/, said);
    }
    assert.equal((await other.call("GET", `/api/tasks/${String(body.id)}`)).status, 200);
  });

  it("truncates long texts between characters", async () => {
    await add("milk");
    const long = "🙂".repeat(250);
    const title = "🙂".repeat(200);
    // An odd number of UTF-16 units: cutting by units would halve a character.
    assert.equal(
      (await chat.tell(`rename milk to a${long}`)).text,
      `“a${title.slice(2)}” is now called that.`,
    );
    assert.match((await chat.tell(`tag it with a${long}`)).text, /tagged #a(?:🙂){39}\.$/u);
    assert.match(
      (await chat.tell(`search for a${long}`)).text,
      /^You have 1 task with “a(?:🙂){199}”/u,
    );
    const half = await chat.tell("add a\ud83d milk");
    assert.equal(half.text, "Added “a\ufffd milk”.");
    const asked = await chat.tell("b\ud83d or not b");
    assert.match(asked.text, /Shall I add “b\ufffd or not b”/);
  });

  it("says why a change failed", async () => {
    await add({ title: "the end", dueDate: "9999-12-31" });
    const late = await chat.tell("postpone the end by 1 week");
    assert.match(late.text, /^I couldn't do that: arguments\/dueDate must match format "date"/);
    assert.match(
      (await chat.tell("what is due after 9999-12-31?")).text,
      /^I couldn't look that up/,
    );
    await chat.tell("list my tasks");
    const [task] = (await user.call("GET", "/api/tasks")).body.tasks as { id: string }[];
    await user.call("DELETE", `/api/tasks/${String(task?.id)}`);
    const gone = await chat.tell("delete the first one");
    assert.equal(gone.text, "That task is not there any more.");
  });

  it("ignores dates before the year 1", async () => {
    for (const said of ["what is due before march 3 50 BC?", "what is due on 0000-01-01?"]) {
      const { status, text } = await chat.tell(said);
      assert.equal(status, 200);
      assert.notEqual(text, "", said);
    }
    await add("milk");
    assert.doesNotMatch((await chat.tell("move milk to march 3 50 BC")).text, /is due/);
  });

  it("treats a value that the database refuses as a failed tool, and goes on", async () => {
    await add("milk", "bread");
    // The trigger refuses a value that the schema accepts.
    const trap = `create function refuse() returns trigger language plpgsql as
      $$ begin if new.title = 'milk' then raise exception 'odd' using errcode = '22023'; end if;
      return new; end $$;
      create trigger refuse before update on tasks for each row execute function refuse()`;
    await postgres().admin(trap, app.databaseUrl);
    try {
      await chat.tell("list my tasks");
      const told = await chat.tell("complete all");
      assert.equal(
        told.text,
        "Done: “bread”.\nI couldn't do that: the arguments hold a value that is out of range.",
      );
      const tools = told.events.filter(({ event }) => event === "tool").map(({ data }) => data.ok);
      assert.deepEqual(tools, [true, false]);
      assert.deepEqual(await titles("completed=true"), ["bread"]);
      const change = { completed: true };
      const { tasks: open } = (await user.call("GET", "/api/tasks?completed=false")).body;
      const [milk] = open as { id: string }[];
      const path = `/api/tasks/${String(milk?.id)}`;
      assert.equal((await user.call("PATCH", path, change)).status, 400);
      assert.doesNotMatch(app.log.join("\n"), /odd/);
    } finally {
      await postgres().admin("drop function refuse cascade", app.databaseUrl);
    }
  });

  it("parses long and strange sentences quickly", async () => {
    for (const part of ["add ", "mark x as ", "and with ", "due on ", "a#b ", "((", "done "]) {
      const started = performance.now();
      const { status } = await chat.tell(part.repeat(2000).slice(0, 2000));
      assert.equal(status, 200);
      assert.ok(performance.now() - started < 2000, part);
    }
  });

  it("uses the day of the user's time zone", () => {
    const moment = new Date("2026-03-01T22:30:00Z");
    assert.equal(today(moment, "UTC"), "2026-03-01");
    assert.equal(today(moment, "Asia/Tokyo"), "2026-03-02");
    assert.equal(today(moment, "America/Los_Angeles"), "2026-03-01");
  });
});
