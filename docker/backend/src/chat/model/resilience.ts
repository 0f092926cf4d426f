import { setTimeout as pause } from "node:timers/promises";
import CircuitBreaker from "opossum";
import type { AskModel } from "./cohere.ts";
import { abortError, ModelError } from "./model-error.ts";

/** How many times a question is asked at most. */
const MAX_ATTEMPTS = 3;

/** The longest pause before the second attempt, in milliseconds. It doubles for the next ones. */
const FIRST_PAUSE_MS = 400;

/** The longest Retry-After that is waited for, in milliseconds. */
const MAX_RETRY_AFTER_MS = 5000;

/** Returns `ask` with retries after failures that can pass, with exponential backoff and jitter. */
export function withRetries(ask: AskModel): AskModel {
  return async (messages, signal, onText) => {
    for (let attempt = 1; ; attempt += 1) {
      let hasText = false as boolean;
      try {
        return await ask(messages, signal, (text) => {
          hasText = true;
          onText(text);
        });
      } catch (error) {
        const { retryable, retryAfterMs = 0 } = ModelError.from(error, signal);
        // Text that was passed on can't be taken back here.
        if (!retryable || hasText || attempt === MAX_ATTEMPTS) throw error;
        if (retryAfterMs > MAX_RETRY_AFTER_MS) throw error;
        const longest = FIRST_PAUSE_MS * 2 ** (attempt - 1);
        const ms = retryAfterMs + longest * (0.5 + Math.random() / 2);
        await pause(ms, undefined, { signal }).catch(() => {
          throw abortError(signal);
        });
      }
    }
  };
}

/** The options of the circuit breaker. */
export interface BreakerOptions {
  /** The minimum number of questions within a minute before it can open; default 4. */
  readonly volume?: number;
  /** How long it stays open, in milliseconds; default 30 000. */
  readonly restMs?: number;
}

/** A model behind a circuit breaker. */
export interface GuardedModel {
  readonly ask: AskModel;
  /** Stops the breaker's timers. */
  close(): void;
}

/** The statuses for a question that is invalid, too long or makes no sense. */
const refusedQuestionStatuses = new Set([400, 413, 422]);

/**
 * Whether an error is not the model's fault: this process is ending, or the question was refused,
 * and one user's questions must not open the circuit for all.
 */
function isNoFault(error: unknown): boolean {
  if (!(error instanceof ModelError)) return false;
  return error.failure === "stopped" || refusedQuestionStatuses.has(error.status ?? 0);
}

/**
 * Returns `ask` behind a circuit breaker: when more than half of the last minute's questions have
 * failed, questions fail at once with `open`, until after a while one is let through as a test.
 */
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
