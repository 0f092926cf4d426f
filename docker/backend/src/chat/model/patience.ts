import { setTimeout as pause } from "node:timers/promises";
import CircuitBreaker from "opossum";
import type { AskModel } from "./cohere.ts";
import { aborted, ModelError } from "./error.ts";

/** How often a question is asked at most. */
const TRIES = 3;

/** The longest pause before the second try; it doubles for each further one. */
const PAUSE_MS = 400;

/** Asks again after a failure that may pass, with a pause of random length that can be cut short. */
export function withRetries(ask: AskModel): AskModel {
  return async (messages, signal, onText) => {
    for (let attempt = 1; ; attempt += 1) {
      let said = false as boolean;
      try {
        return await ask(messages, signal, (text) => {
          said = true;
          onText(text);
        });
      } catch (error) {
        const { again, retryAfterMs = 0 } = ModelError.from(error, signal);
        // What has been said can't be taken back here; and too long a pause is no use to anybody.
        if (!again || said || attempt === TRIES || retryAfterMs > 5000) throw error;
        const most = PAUSE_MS * 2 ** (attempt - 1);
        const ms = retryAfterMs + most * (0.5 + Math.random() / 2);
        await pause(ms, undefined, { signal }).catch(() => {
          throw aborted(signal);
        });
      }
    }
  };
}

/** How the breaker behaves. */
export interface BreakerOptions {
  /** After so many questions within a minute, more than half of which failed, the model is left alone. */
  readonly volume?: number;
  /** How long it is left alone, in milliseconds. */
  readonly restMs?: number;
}

/** A model behind a circuit breaker. */
export interface GuardedModel {
  readonly ask: AskModel;
  /** Ends its timers. */
  close(): void;
}

/** What a model answers that doesn't take a question: it is not valid, too long, or has no sense. */
const REFUSED_QUESTION = new Set([400, 413, 422]);

/**
 * Whether an error says nothing of the model, so that the next question may well be answered: this
 * process is ending; or the question itself was refused, and one user's must not end everybody's.
 */
function isNoFault(error: unknown): boolean {
  if (!(error instanceof ModelError)) return false;
  return error.failure === "stopped" || REFUSED_QUESTION.has(error.status ?? 0);
}

/** Stops asking a model that keeps failing, and tries again after a while with one question. */
export function withBreaker(ask: AskModel, options: BreakerOptions = {}): GuardedModel {
  const breaker = new CircuitBreaker(ask, {
    timeout: false,
    volumeThreshold: options.volume ?? 4,
    errorThresholdPercentage: 50,
    resetTimeout: options.restMs ?? 30_000,
    rollingCountTimeout: 60_000,
    errorFilter: isNoFault,
  });
  return {
    async ask(...question) {
      try {
        return await breaker.fire(...question);
      } catch (error) {
        if (error instanceof ModelError) throw error;
        throw new ModelError(
          "open",
          "the model has failed too often; it is left alone for a while",
        );
      }
    },
    close() {
      breaker.shutdown();
    },
  };
}
