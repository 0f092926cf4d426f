import { STATUS_CODES } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { FastifyBaseLogger } from "fastify";
import { DatabaseUnavailableError } from "../db/errors.ts";
import type { ChatMetrics } from "../http/metrics.ts";
import { HttpError } from "../http/problem.ts";
import { firstCharacters } from "../text.ts";
import type { Emit } from "./events.ts";
import type { AskModel } from "./model/cohere.ts";
import { converse } from "./model/converse.ts";
import { ModelError } from "./model/error.ts";
import { Performance, remember } from "./performance.ts";
import { today } from "./rules/days.ts";
import { interpret } from "./rules/interpret.ts";
import { sayDone } from "./rules/words.ts";
import {
  type Begun,
  HELD_SECONDS,
  type SentMessage,
  type Turn,
  TurnLostError,
  type TurnStore,
} from "./turn-store.ts";
import type { Memory, Question, Source } from "./types.ts";

/** What turns are made from. */
export interface TurnsOptions {
  readonly store: TurnStore;
  readonly metrics: ChatMetrics;
  /** Undefined: there is no model. */
  readonly ask: AskModel | undefined;
  /** How long the model may take over a turn. */
  readonly modelMs: number;
}

/** A message that is to be answered. */
export interface Request {
  readonly userId: string;
  readonly sessionId: string;
  readonly sent: SentMessage;
  readonly timeZone: string;
  /** The log of the HTTP request: each line has the request's id. */
  readonly log: Pick<FastifyBaseLogger, "warn" | "error">;
}

/** How often a turn that runs here gives a sign of life: several times while it is held. */
const RENEW_MS = (HELD_SECONDS * 1000) / 4;

/** How often a turn that another process runs is looked after, and for how long. */
const LOOK_MS = 300;
const LOOKS = 100;

/** The longest answer that is kept, in characters: see the table chat_messages. */
const ANSWER_MAX = 20_000;

/** Answers messages. A turn that has begun goes on, whether or not its client still listens. */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Keeps the message. What is wrong up to here is thrown, as there is an answer to give yet. */
  begin({ userId, sessionId, sent }: Request): Promise<Begun> {
    return this.#options.store.begin(userId, sessionId, sent);
  }

  /** Carries a turn through and tells of it. Never throws. */
  carryOn(request: Request, begun: Begun, emit: Emit, listening: () => boolean): Promise<void> {
    const work = this.#carryOn(request, begun, emit, listening).catch((error: unknown) => {
      fail(error, emit, request.log);
    });
    this.#running.add(work);
    return work.finally(() => this.#running.delete(work));
  }

  /** Breaks off what is running, so that it can go on in another process, and waits for that. */
  async stop(): Promise<void> {
    this.#stop.abort(new ModelError("stopped", "this process is ending"));
    await Promise.all(this.#running);
  }

  async #carryOn(
    request: Request,
    begun: Begun,
    emit: Emit,
    listening: () => boolean,
  ): Promise<void> {
    emit("accepted", { message: begun.kind === "begun" ? begun.turn.message : begun.message });
    const settled = await this.#settle(request, begun, listening);
    if (settled === undefined) return;
    if (settled.kind === "begun") return this.#perform(request, settled.turn, emit);
    const { reply } = settled;
    emit("delta", { text: reply.content });
    // Told again: which tasks have changed since is not known any more.
    emit("done", { message: reply, tasksChanged: reply.tools.length > 0 });
  }

  /** Waits for a turn that runs elsewhere; undefined when nobody listens any more. */
  async #settle(
    request: Request,
    begun: Begun,
    listening: () => boolean,
  ): Promise<Exclude<Begun, { kind: "running" }> | undefined> {
    const { signal } = this.#stop;
    for (let look = 0; look < LOOKS; look += 1) {
      if (begun.kind !== "running") return begun;
      await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted)
        throw new HttpError(503, "This server is ending. Send the message again.");
      if (!listening()) return undefined;
      begun = await this.begin(request);
    }
    throw new HttpError(503, "The answer takes too long. Send the message again.");
  }

  async #perform(request: Request, turn: Turn, emit: Emit): Promise<void> {
    const { store, metrics } = this.#options;
    const performance = new Performance(turn, store, emit, metrics);
    // Whoever has lost the turn meanwhile learns of it by what it writes next.
    const life = setInterval(() => {
      store.keep(turn).catch(() => undefined);
    }, RENEW_MS);
    try {
      const { text, source, memory } = await this.#answer(request, turn, performance, emit);
      const content = firstCharacters(text, ANSWER_MAX).trim() || "Done.";
      const answer = { content, source, tools: performance.notes };
      const message = await store.finish(turn, answer, memory);
      metrics.turn(source);
      emit("done", { message, tasksChanged: performance.changed });
    } catch (error) {
      metrics.turn("failed");
      // The next one who asks then need not wait until the turn counts as abandoned.
      await store.release(turn).catch(() => undefined);
      throw error;
    } finally {
      clearInterval(life);
    }
  }

  async #answer(
    { timeZone, log }: Request,
    turn: Turn,
    performance: Performance,
    emit: Emit,
  ): Promise<{ text: string; source: Source; memory: Memory }> {
    const { memory, message } = turn;
    const question: Question = { text: message.content, timeZone, now: new Date(), memory };
    const said = await this.#askModel(question, turn, performance, emit, log);
    if (said !== undefined) {
      return { text: said, source: "model", memory: remember(memory, performance.steps) };
    }
    if (performance.changedByModel) {
      // The model has begun and can't go on: doing it again by rules would do it twice.
      const text = sayDone(performance.steps, today(question.now, timeZone));
      emit("delta", { text });
      return { text, source: "rules", memory: remember(memory, performance.steps) };
    }
    const answer = await interpret(question, performance.runner("rules"));
    emit("delta", { text: answer.text });
    return { ...answer, source: "rules" };
  }

  /** What the model says; undefined when there is none or it can't. */
  async #askModel(
    question: Question,
    turn: Turn,
    performance: Performance,
    emit: Emit,
    log: Request["log"],
  ): Promise<string | undefined> {
    const { ask, metrics, modelMs } = this.#options;
    if (ask === undefined) return undefined;
    const started = Date.now();
    const seconds = (): number => (Date.now() - started) / 1000;
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(modelMs)]);
    let told = false as boolean;
    try {
      const onText = (text: string): void => {
        told = true;
        emit("delta", { text });
      };
      const conversation = { question, history: turn.history, steps: turn.steps };
      const run = performance.runner("model");
      const said = await converse(conversation, { ask, run, signal, onText });
      metrics.model("ok", seconds());
      return said;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      metrics.model(error.failure, seconds());
      if (error.failure === "stopped") throw error;
      const { failure, status, message: reason } = error;
      log.warn({ failure, status, reason }, "the model can't answer; the rules do");
      if (told) emit("reset", {});
      return undefined;
    }
  }
}

/** Tells of a turn that could not be carried through. */
function fail(error: unknown, emit: Emit, log: Request["log"]): void {
  const tell = (status: number, detail: string, retryable: boolean): void => {
    emit("error", { status, title: STATUS_CODES[status] ?? "Error", detail, retryable });
  };
  if (error instanceof HttpError) {
    tell(error.statusCode, error.message, error.statusCode >= 500);
  } else if (error instanceof DatabaseUnavailableError) {
    log.warn({ reason: error.message }, "database unavailable");
    tell(503, "The database is not available. Send the message again shortly.", true);
  } else if (error instanceof ModelError) {
    tell(503, "This server is ending. Send the message again.", true);
  } else if (error instanceof TurnLostError) {
    tell(503, "The answer took too long. Send the message again.", true);
  } else {
    log.error({ err: error }, "a turn of the chat failed");
    tell(500, "Something went wrong in the server.", true);
  }
}
