/**
 * Something that the person at the keyboard can mend. Printed as two sentences, without a stack: what
 * was found, and the one way out.
 */
export class UserError extends Error {
  constructor(
    message: string,
    readonly hint: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "UserError";
  }
}

/** An error's own words, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
