import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { AskModel, ModelReply } from "../src/chat/model/cohere.ts";
import { ModelError, type ModelFailure } from "../src/chat/model/model-error.ts";
import { type GuardedModel, withBreaker, withRetries } from "../src/chat/model/resilience.ts";

const sampleReply: ModelReply = { text: "Hello.", plan: "", calls: [] };
/** How long the breaker stays open in these tests, in milliseconds. */
const REST_MS = 200;

const failing = (failure: ModelFailure, status?: number): AskModel => {
  return () => Promise.reject(new ModelError(failure, "no", status));
};

describe("retries of questions to the model", () => {
  const never = new AbortController().signal;

  /** Returns when each attempt was made, in milliseconds after the first one. */
  const times = async (): Promise<number[]> => {
    const found: number[] = [];
    const ask = withRetries((...question) => {
      found.push(performance.now());
      return failing("busy")(...question);
    });
    await assert.rejects(
      ask([], never, () => undefined),
      ModelError,
    );
    return found.map((time) => time - (found[0] ?? 0));
  };

  it("use exponential backoff with jitter", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, times));
    for (const [first = 0, second = 0, third = 0, ...more] of all) {
      assert.deepEqual(more, []);
      // A timer can be late on a busy machine, but not early (except for rounding).
      assert.ok(second - first >= 199, `${second - first} ms`);
      assert.ok(third - second >= 399, `${third - second} ms`);
    }
    const pauses = all.map(([, second = 0]) => Math.round(second));
    assert.ok(Math.max(...pauses) - Math.min(...pauses) > 10, pauses.join());
  });

  it("stop at once when they are cancelled during a pause", async () => {
    const stop = new AbortController();
    let asked = 0;
    const ask = withRetries(() => {
      asked += 1;
      return Promise.reject(new ModelError("busy", "no", 429, 4000));
    });
    const answer = ask([], stop.signal, () => undefined);
    await pause(50);
    const started = performance.now();
    stop.abort(new ModelError("stopped", "ending"));
    await assert.rejects(answer, { failure: "stopped" });
    assert.ok(performance.now() - started < 1000);
    assert.equal(asked, 1);
  });
});

describe("the circuit breaker of the model", () => {
  let next: AskModel;
  let asked: number;
  let guarded: GuardedModel;

  beforeEach(() => {
    asked = 0;
    const ask: AskModel = (...question) => {
      asked += 1;
      return next(...question);
    };
    guarded = withBreaker(ask, { volume: 4, restMs: REST_MS });
  });
  afterEach(() => {
    guarded.close();
  });

  const succeeding: AskModel = () => Promise.resolve(sampleReply);

  /** Asks once and returns `ok` or the failure. */
  const outcome = async (): Promise<string> => {
    try {
      await guarded.ask([], new AbortController().signal, () => undefined);
      return "ok";
    } catch (error) {
      assert.ok(error instanceof ModelError);
      return error.failure;
    }
  };
  const outcomes = async (ask: AskModel, count: number): Promise<string[]> => {
    next = ask;
    const found: string[] = [];
    for (let asked = 0; asked < count; asked += 1) found.push(await outcome());
    return found;
  };

  it("opens when more than half of the questions have failed", async () => {
    await outcomes(succeeding, 2);
    assert.deepEqual(await outcomes(failing("busy", 500), 3), ["busy", "busy", "busy"]);
    assert.deepEqual(await outcomes(succeeding, 2), ["open", "open"]);
    assert.equal(asked, 5);
  });

  it("stays closed when half of the questions have failed", async () => {
    await outcomes(succeeding, 2);
    await outcomes(failing("busy", 500), 2);
    assert.deepEqual(await outcomes(succeeding, 1), ["ok"]);
  });

  for (const [what, ask] of [
    ["the question was refused (400)", failing("refused", 400)],
    ["the question was too long (413)", failing("refused", 413)],
    ["the question made no sense (422)", failing("refused", 422)],
    ["this process is ending", failing("stopped")],
  ] as const) {
    it(`stays closed when ${what}`, async () => {
      await outcomes(ask, 10);
      assert.deepEqual(await outcomes(succeeding, 1), ["ok"]);
    });
  }

  it("lets one question through after a while, and closes when it succeeds", async () => {
    await outcomes(failing("busy", 500), 4);
    await pause(REST_MS + 50);
    asked = 0;
    let answer = (): void => undefined;
    next = () =>
      new Promise((resolve) => {
        answer = () => {
          resolve(sampleReply);
        };
      });
    const probe = outcome();
    assert.deepEqual(await Promise.all([outcome(), outcome()]), ["open", "open"]);
    assert.equal(asked, 1);
    answer();
    assert.equal(await probe, "ok");
    assert.deepEqual(await outcomes(succeeding, 2), ["ok", "ok"]);
  });

  it("stays open when that question fails", async () => {
    await outcomes(failing("busy", 500), 4);
    await pause(REST_MS + 50);
    asked = 0;
    assert.deepEqual(await outcomes(failing("busy", 500), 2), ["busy", "open"]);
    assert.equal(asked, 1);
    await pause(REST_MS + 50);
    assert.deepEqual(await outcomes(succeeding, 2), ["ok", "ok"]);
  });
});
