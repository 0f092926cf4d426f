import { STATUS_CODES } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { FastifyBaseLogger } from "fastify";
import { DatabaseUnavailableError } from "../database/errors.ts";
import { DomainError } from "../errors.ts";
import { firstCharacters } from "../lib/text.ts";
import type { Metrics } from "../plugins/metrics.ts";
import { statusOfKind } from "../plugins/problem-details.ts";
import type { Emit } from "./event-stream.ts";
import type { AskModel } from "./model/cohere.ts";
import { converse } from "./model/conversation.ts";
import { ModelError } from "./model/model-error.ts";
import { today } from "./rules/dates.ts";
import { answerByRules } from "./rules/interpreter.ts";
import { describeSteps } from "./rules/replies.ts";
import type { Source } from "./schemas.ts";
import { ToolRunner, updateMemory } from "./tool-runner.ts";
import {
  LEASE_SECONDS,
  type SentMessage,
  type StartedTurn,
  type Turn,
  TurnLostError,
  type TurnStore,
} from "./turn-store.ts";
import type { Memory, Question } from "./types.ts";

/** What turns need. */
export interface TurnsOptions {
  readonly store: TurnStore;
  readonly metrics: Metrics;
  /** Asks the language model; undefined when there is none. */
  readonly ask: AskModel | undefined;
  /** How long the model may take over a whole turn, in milliseconds. */
  readonly modelTimeoutMs: number;
}

/** A request to answer a message. */
export interface TurnRequest {
  readonly userId: string;
  readonly sessionId: string;
  readonly sent: SentMessage;
  readonly timeZone: string;
  /** The log of the HTTP request, whose lines have the request's id. */
  readonly log: Pick<FastifyBaseLogger, "warn" | "error">;
}

/** How often the lease of a running turn is renewed: several times before it expires. */
const RENEW_INTERVAL_MS = (LEASE_SECONDS * 1000) / 4;

/** How often, and how many times, a turn that runs in another process is checked for its end. */
const CHECK_INTERVAL_MS = 300;
const MAX_CHECKS = 100;

/** The maximum length of a stored answer, in characters: see the table chat_messages. */
const ANSWER_MAX_LENGTH = 20_000;

/** Answers messages. A turn that has started goes on even if its client disconnects. */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /**
   * Stores the message and starts its turn. Throws what TurnStore.begin throws; after that, errors
   * are events.
   */
  begin({ userId, sessionId, sent }: TurnRequest): Promise<StartedTurn> {
    return this.#options.store.begin(userId, sessionId, sent);
  }

  /** Runs a turn to its end and emits its events. Never throws. */
  run(
    request: TurnRequest,
    started: StartedTurn,
    emit: Emit,
    isConnected: () => boolean,
  ): Promise<void> {
    const work = this.#run(request, started, emit, isConnected).catch((error: unknown) => {
      emitError(error, emit, request.log);
    });
    this.#running.add(work);
    return work.finally(() => this.#running.delete(work));
  }

  /** Interrupts the running turns, which another process can then continue, and waits for them. */
  async stop(): Promise<void> {
    this.#stop.abort(new ModelError("stopped", "this process is ending"));
    await Promise.all(this.#running);
  }

  async #run(
    request: TurnRequest,
    started: StartedTurn,
    emit: Emit,
    isConnected: () => boolean,
  ): Promise<void> {
    const { message } = started.kind === "started" ? started.turn : started;
    emit("accepted", { message });
    const settled = await this.#waitWhileRunning(request, started, isConnected);
    if (settled === undefined) return;
    if (settled.kind === "started") return this.#answerTurn(request, settled.turn, emit);
    const { reply } = settled;
    emit("delta", { text: reply.content });
    // A repeated answer: it is not known whether its tools changed tasks.
    emit("done", { message: reply, tasksChanged: reply.tools.length > 0 });
  }

  /** Waits while another process runs the turn. Returns undefined when the client disconnects. */
  async #waitWhileRunning(
    request: TurnRequest,
    started: StartedTurn,
    isConnected: () => boolean,
  ): Promise<Exclude<StartedTurn, { kind: "running" }> | undefined> {
    const { signal } = this.#stop;
    for (let check = 0; check < MAX_CHECKS; check += 1) {
      if (started.kind !== "running") return started;
      await pause(CHECK_INTERVAL_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) {
        throw new DomainError("unavailable", "This server is ending. Send the message again.");
      }
      if (!isConnected()) return undefined;
      started = await this.begin(request);
    }
    throw new DomainError("unavailable", "The answer takes too long. Send the message again.");
  }

  async #answerTurn(request: TurnRequest, turn: Turn, emit: Emit): Promise<void> {
    const { store, metrics } = this.#options;
    const tools = new ToolRunner({ turn, store, emit, metrics });
    // A lost lease makes the next write of the turn fail, so an error here changes nothing.
    const renewal = setInterval(() => {
      store.renew(turn).catch(() => undefined);
    }, RENEW_INTERVAL_MS);
    try {
      const { text, source, memory } = await this.#answer(request, turn, tools, emit);
      const content = firstCharacters(text, ANSWER_MAX_LENGTH).trim() || "Done.";
      const message = await store.finish(turn, { content, source, tools: tools.notes }, memory);
      metrics.countTurn(source);
      emit("done", { message, tasksChanged: tools.tasksChanged });
    } catch (error) {
      metrics.countTurn("failed");
      // Otherwise the next request would have to wait until the lease expires.
      await store.release(turn).catch(() => undefined);
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  async #answer(
    request: TurnRequest,
    turn: Turn,
    tools: ToolRunner,
    emit: Emit,
  ): Promise<{ text: string; source: Source; memory: Memory }> {
    const { memory, message } = turn;
    const { timeZone } = request;
    const question: Question = { text: message.content, timeZone, now: new Date(), memory };
    const text = await this.#askModel(question, request, turn, tools, emit);
    if (text !== undefined) {
      return { text, source: "model", memory: updateMemory(memory, tools.steps) };
    }
    if (tools.changedByModel) {
      // The model made changes before it failed. The rules would make them again.
      const summary = describeSteps(tools.steps, today(question.now, timeZone));
      emit("delta", { text: summary });
      return { text: summary, source: "rules", memory: updateMemory(memory, tools.steps) };
    }
    const answer = await answerByRules(question, tools.runFor("rules"));
    emit("delta", { text: answer.text });
    return { ...answer, source: "rules" };
  }

  /** Returns the model's answer, or undefined when there is no model or it fails. */
  async #askModel(
    question: Question,
    { log }: TurnRequest,
    turn: Turn,
    tools: ToolRunner,
    emit: Emit,
  ): Promise<string | undefined> {
    const { ask, metrics, modelTimeoutMs } = this.#options;
    if (ask === undefined) return undefined;
    const startedAt = Date.now();
    const seconds = (): number => (Date.now() - startedAt) / 1000;
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(modelTimeoutMs)]);
    let hasEmitted = false as boolean;
    try {
      const onText = (text: string): void => {
        hasEmitted = true;
        emit("delta", { text });
      };
      const conversation = { question, history: turn.history, steps: turn.steps };
      const run = tools.runFor("model");
      const answer = await converse(conversation, { ask, run, signal, onText });
      metrics.countModel("ok", seconds());
      return answer;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      metrics.countModel(error.failure, seconds());
      if (error.failure === "stopped") throw error;
      const { failure, status, message: reason } = error;
      log.warn({ failure, status, reason }, "the model can't answer; the rules do");
      if (hasEmitted) emit("reset", {});
      return undefined;
    }
  }
}

/** Emits the event for a turn that failed. */
function emitError(error: unknown, emit: Emit, log: TurnRequest["log"]): void {
  const emitProblem = (status: number, detail: string): void => {
    const title = STATUS_CODES[status] ?? "Error";
    emit("error", { status, title, detail, retryable: status >= 500 });
  };
  if (error instanceof DomainError) {
    emitProblem(statusOfKind[error.kind], error.message);
  } else if (error instanceof DatabaseUnavailableError) {
    log.warn({ reason: error.message }, "database unavailable");
    emitProblem(503, "The database is not available. Send the message again shortly.");
  } else if (error instanceof ModelError) {
    emitProblem(503, "This server is ending. Send the message again.");
  } else if (error instanceof TurnLostError) {
    emitProblem(503, "The answer took too long. Send the message again.");
  } else {
    log.error({ err: error }, "a turn of the chat failed");
    emitProblem(500, "Something went wrong in the server.");
  }
}
