/** Why the model gave no answer. Also the `outcome` in metrics and the `failure` in the log. */
export type ModelFailure =
  /** The time for the turn is over. */
  | "deadline"
  /** This process is ending. */
  | "stopped"
  /** The model refused the question or the key. */
  | "refused"
  /** The model is overloaded or failed. */
  | "busy"
  /** The model reported an error in the middle of its answer. */
  | "broken"
  /** The answer can't be read. */
  | "garbage"
  | "unreachable"
  /** The circuit breaker is open. */
  | "open"
  /** The model called tools again and again without an answer. */
  | "lost";

/** The model could not answer. The message quotes nothing that was sent or received. */
export class ModelError extends Error {
  override readonly name = "ModelError";

  constructor(
    readonly failure: ModelFailure,
    message: string,
    /** The HTTP status, if there was an answer. */
    readonly status?: number,
    /** The answer's Retry-After, in milliseconds. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }

  /** Whether asking again can help. */
  get retryable(): boolean {
    return ["busy", "broken", "garbage", "unreachable"].includes(this.failure);
  }

  /** Converts an error of the SDK, or of the signal that cancelled the call. */
  static from(error: unknown, signal: AbortSignal): ModelError {
    if (error instanceof ModelError) return error;
    if (signal.aborted) return abortError(signal);
    const { statusCode, rawResponse } = error as Partial<SdkError>;
    if (typeof statusCode === "number") {
      const busy = statusCode === 408 || statusCode === 429 || statusCode >= 500;
      const retryAfter = Number(rawResponse?.headers?.get("retry-after") ?? Number.NaN);
      return new ModelError(
        busy ? "busy" : "refused",
        `the model answered with status ${statusCode}`,
        statusCode,
        retryAfter >= 0 ? retryAfter * 1000 : undefined,
      );
    }
    // The message of JSON.parse quotes its input.
    if (error instanceof SyntaxError) return new ModelError("garbage", "the model sent no JSON");
    return new ModelError("unreachable", `the model can't be reached: ${codeOf(error)}`);
  }
}

interface SdkError {
  readonly statusCode: number;
  readonly rawResponse: { readonly headers?: { get(name: string): string | null } };
}

/** Returns an error's code, such as ECONNREFUSED. Its message could quote the conversation. */
function codeOf(error: unknown): string {
  // The SDK wraps the error of fetch, which wraps the error of the network.
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === "string") return code;
  }
  return (error as Error).name;
}

/** Returns the error for an aborted signal: its reason if that is a ModelError, or `deadline`. */
export function abortError(signal: AbortSignal): ModelError {
  const reason: unknown = signal.reason;
  return reason instanceof ModelError
    ? reason
    : new ModelError("deadline", "the model took longer than it may");
}
