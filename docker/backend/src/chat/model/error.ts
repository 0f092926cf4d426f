/** Why there was no answer of the model; also what metrics and the log call it. */
export type ModelFailure =
  | "deadline"
  | "stopped"
  | "refused"
  | "busy"
  | "broken"
  | "garbage"
  | "unreachable"
  | "open"
  | "lost";

/** The model could not answer. The message holds nothing that was said to it or by it. */
export class ModelError extends Error {
  override readonly name = "ModelError";

  constructor(
    readonly failure: ModelFailure,
    message: string,
    readonly status?: number,
    /** How long the model asks to be left alone, in milliseconds. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }

  /** Whether asking again can help. */
  get again(): boolean {
    return ["busy", "broken", "garbage", "unreachable"].includes(this.failure);
  }

  /** What an error of the SDK means. */
  static from(error: unknown, signal: AbortSignal): ModelError {
    if (error instanceof ModelError) return error;
    if (signal.aborted) return aborted(signal);
    const { statusCode, rawResponse } = error as Partial<SdkError>;
    if (typeof statusCode === "number") {
      const busy = statusCode === 408 || statusCode === 429 || statusCode >= 500;
      const after = Number(rawResponse?.headers?.get("retry-after") ?? Number.NaN);
      return new ModelError(
        busy ? "busy" : "refused",
        `the model answered with status ${statusCode}`,
        statusCode,
        after >= 0 ? after * 1000 : undefined,
      );
    }
    // JSON.parse quotes what it couldn't read, so its words are not passed on.
    if (error instanceof SyntaxError) return new ModelError("garbage", "the model sent no JSON");
    return new ModelError("unreachable", `the model can't be reached: ${kindOf(error)}`);
  }
}

/** A kind of error, such as ECONNREFUSED, and no words of it: they could be what was said to the model. */
function kindOf(error: unknown): string {
  // The SDK wraps what fetch throws, which wraps what the network said.
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === "string") return code;
  }
  return (error as Error).name;
}

interface SdkError {
  readonly statusCode: number;
  readonly rawResponse: { readonly headers?: { get(name: string): string | null } };
}

/** What an aborted signal means: its own reason, if that is one of ours, or else the deadline. */
export function aborted(signal: AbortSignal): ModelError {
  const reason: unknown = signal.reason;
  return reason instanceof ModelError
    ? reason
    : new ModelError("deadline", "the model took longer than it may");
}
