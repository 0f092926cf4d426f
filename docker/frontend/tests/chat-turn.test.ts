import assert from "node:assert/strict";
import { runTurn, type Turn } from "../src/features/chat/chat-turn.ts";
import { onSessionEnded } from "../src/lib/api-client.ts";
import { FakeBackend } from "./support/fake-backend.ts";
import { answerTo, event, question, redirectFetch } from "./support/fake-chat.ts";

const start = { conversationId: "c", id: "m", content: "add milk" };
const storedQuestion = question("m", "add milk");
const storedAnswer = answerTo(storedQuestion, "Added.");

const ACCEPTED = event("accepted", { message: storedQuestion });
const DONE = event("done", { message: storedAnswer, tasksChanged: true });
const TOOL = event("tool", { name: "add_task", ok: true, taskIds: ["t"], changed: true });

describe("a turn of the chat", () => {
  let restoreFetch: () => void;
  let backend: FakeBackend;
  let turns: Turn[];
  let taskChanges: number;

  before(async () => {
    backend = await FakeBackend.start();
    restoreFetch = redirectFetch(backend);
  });
  beforeEach(() => {
    backend.seen.length = 0;
    turns = [];
    taskChanges = 0;
  });
  after(() => {
    restoreFetch();
    backend.kill();
  });

  const run = (signal = new AbortController().signal) =>
    runTurn(
      start,
      { onUpdate: (turn) => turns.push(turn), onTasksChanged: () => (taskChanges += 1) },
      signal,
    );
  /** Sets the events of each answer. "cut" resets the connection after them. */
  const script = (...answers: readonly (readonly string[])[]): void => {
    let next = 0;
    backend.handler = (request, response) => {
      const events = answers[Math.min(next, answers.length - 1)] ?? [];
      next += 1;
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
      for (const one of events) if (one !== "cut") response.write(one);
      if (events.includes("cut")) setTimeout(() => request.socket.resetAndDestroy(), 20);
      else response.end();
    };
  };

  it("reports each part of the answer and returns the stored messages", async () => {
    script([
      ACCEPTED,
      TOOL,
      event("delta", { text: "Add" }),
      event("delta", { text: "ed." }),
      DONE,
    ]);
    assert.deepEqual(await run(), { question: storedQuestion, answer: storedAnswer });
    assert.ok(turns.some((turn) => turn.answer === "Add" && turn.tools.length === 1));
    assert.equal(taskChanges, 2);
    const sent = JSON.parse(backend.seen[0]?.body ?? "{}") as Record<string, unknown>;
    assert.deepEqual([sent.id, sent.content], ["m", "add milk"]);
    assert.equal(typeof sent.timeZone, "string");
  });

  it("discards the text before a reset", async () => {
    script([
      ACCEPTED,
      event("delta", { text: "I th" }),
      event("reset", {}),
      event("delta", { text: "Added." }),
      DONE,
    ]);
    await run();
    assert.equal(turns.at(-1)?.answer, "Added.");
  });

  it("is sent again with the same id after a lost connection", async () => {
    script([ACCEPTED, event("delta", { text: "Ad" }), "cut"], [ACCEPTED], [ACCEPTED, DONE]);
    assert.deepEqual((await run())?.answer, storedAnswer);
    const ids = backend.seen.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    assert.deepEqual(ids, ["m", "m", "m"]);
  });

  it("is sent again after a temporary error", async () => {
    const detail = "The database is away.";
    script(
      [ACCEPTED, event("error", { status: 503, title: "x", detail, retryable: true })],
      [ACCEPTED, DONE],
    );
    assert.deepEqual((await run())?.answer, storedAnswer);
  });

  it("reports a permanent error without a retry", async () => {
    const detail = "This can't be answered.";
    script([ACCEPTED, event("error", { status: 500, title: "x", detail, retryable: false })]);
    assert.equal(await run(), undefined);
    assert.equal(turns.at(-1)?.problem, detail);
    assert.equal(backend.seen.length, 1);
  });

  it("waits for the time in Retry-After before the next attempt", async () => {
    backend.handler = (_request, response) => {
      if (backend.seen.length === 1) {
        response.writeHead(409, { "retry-after": "1" }).end('{"detail":"busy"}');
      } else response.writeHead(200, { "content-type": "text/event-stream" }).end(ACCEPTED + DONE);
    };
    const began = performance.now();
    assert.deepEqual((await run())?.answer, storedAnswer);
    assert.ok(performance.now() - began > 900);
  });

  it("reports that the session has ended", async () => {
    backend.handler = (_request, response) => response.writeHead(401).end("{}");
    let ended = 0;
    const stop = onSessionEnded(() => (ended += 1));
    assert.equal(await run(), undefined);
    stop();
    assert.equal(ended, 1);
    assert.match(turns.at(-1)?.problem ?? "", /session has ended/);
    assert.equal(backend.seen.length, 1);
  });

  it("stops without an error when the page is closed", async () => {
    script([ACCEPTED, "cut"]);
    const gone = new AbortController();
    setTimeout(() => {
      gone.abort();
    }, 100);
    assert.equal(await run(gone.signal), undefined);
    assert.ok(turns.every((turn) => turn.problem === undefined));
  });
});
