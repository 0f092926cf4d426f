import assert from "node:assert/strict";
import { onSessionEnded } from "../src/lib/api.ts";
import { runTurn, type Turn } from "../src/lib/turn.ts";
import { Backend } from "./support/backend.ts";
import { answerTo, event, fetchFrom, question } from "./support/chat.ts";

const START = { chatId: "c", id: "m", content: "add milk" };
const QUESTION = question("m", "add milk");
const ANSWER = answerTo(QUESTION, "Added.");

const ACCEPTED = event("accepted", { message: QUESTION });
const DONE = event("done", { message: ANSWER, tasksChanged: true });
const TOOL = event("tool", { name: "add_task", ok: true, taskIds: ["t"], changed: true });

describe("a turn of the chat", () => {
  let fetching: ReturnType<typeof fetchFrom>;
  let backend: Backend;
  let turns: Turn[];
  let changes: number;

  before(async () => {
    backend = await Backend.start();
    fetching = fetchFrom(backend);
  });
  beforeEach(() => {
    backend.seen.length = 0;
    turns = [];
    changes = 0;
  });
  after(() => {
    fetching.restore();
    backend.kill();
  });

  const run = (signal = new AbortController().signal) =>
    runTurn(
      START,
      { show: (turn) => turns.push(turn), tasksChanged: () => (changes += 1) },
      signal,
    );
  /** Answers one after the other with these events; "cut" breaks the connection behind them. */
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

  it("grows as it comes, and ends with what is stored", async () => {
    script([
      ACCEPTED,
      TOOL,
      event("delta", { text: "Add" }),
      event("delta", { text: "ed." }),
      DONE,
    ]);
    assert.deepEqual(await run(), { question: QUESTION, answer: ANSWER });
    assert.ok(turns.some((turn) => turn.answer === "Add" && turn.tools.length === 1));
    assert.equal(changes, 2);
    const sent = JSON.parse(backend.seen[0]?.body ?? "{}") as Record<string, unknown>;
    assert.deepEqual([sent.id, sent.content], ["m", "add milk"]);
    assert.equal(typeof sent.timeZone, "string");
  });

  it("forgets the words of a model that broke off", async () => {
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
    assert.deepEqual((await run())?.answer, ANSWER);
    const ids = backend.seen.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    assert.deepEqual(ids, ["m", "m", "m"]);
  });

  it("is sent again after an error that may pass", async () => {
    const detail = "The database is away.";
    script(
      [ACCEPTED, event("error", { status: 503, title: "x", detail, retryable: true })],
      [ACCEPTED, DONE],
    );
    assert.deepEqual((await run())?.answer, ANSWER);
  });

  it("says what is wrong when trying again would not help", async () => {
    const detail = "This can't be answered.";
    script([ACCEPTED, event("error", { status: 500, title: "x", detail, retryable: false })]);
    assert.equal(await run(), undefined);
    assert.equal(turns.at(-1)?.problem, detail);
    assert.equal(backend.seen.length, 1);
  });

  it("waits for another turn as long as the API says", async () => {
    backend.handler = (_request, response) => {
      if (backend.seen.length === 1) {
        response.writeHead(409, { "retry-after": "1" }).end('{"detail":"busy"}');
      } else response.writeHead(200, { "content-type": "text/event-stream" }).end(ACCEPTED + DONE);
    };
    const began = performance.now();
    assert.deepEqual((await run())?.answer, ANSWER);
    assert.ok(performance.now() - began > 900);
  });

  it("tells that the session has ended", async () => {
    backend.handler = (_request, response) => response.writeHead(401).end("{}");
    let ended = 0;
    const stop = onSessionEnded(() => (ended += 1));
    assert.equal(await run(), undefined);
    stop();
    assert.equal(ended, 1);
    assert.match(turns.at(-1)?.problem ?? "", /session has ended/);
    assert.equal(backend.seen.length, 1);
  });

  it("is left alone when the page is left", async () => {
    script([ACCEPTED, "cut"]);
    const gone = new AbortController();
    setTimeout(() => {
      gone.abort();
    }, 100);
    assert.equal(await run(gone.signal), undefined);
    assert.ok(turns.every((turn) => turn.problem === undefined));
  });
});
