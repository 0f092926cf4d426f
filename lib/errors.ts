/**
 * An error that the user can fix. `message` says what was found, `hint` what to do next; both stay
 * separate fields until {@link describeError} prints them. `cause` is the error that it came from.
 */
export class UserError extends Error {
  /**
   * @param message what was found and what was expected, as one or more sentences.
   * @param hint the one thing to do next.
   */
  constructor(
    message: string,
    readonly hint: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "UserError";
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Formats an error for the terminal. Only an unexpected error comes with its stack. */
export function describeError(error: unknown): string {
  if (error instanceof UserError) return `✗ ${error.message}\n  → ${error.hint}`;
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return `✗ ${messageOf(error)}\n  → This error is unexpected and may be a bug in this project:\n${stack}`;
}
