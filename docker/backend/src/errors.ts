/**
 * What kind of error a feature reports. plugins/problem-details.ts says which HTTP status each
 * kind has.
 */
export type ErrorKind =
  | "invalid-input"
  | "not-signed-in"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "version-mismatch"
  | "rate-limited"
  | "unavailable";

/** An error that a client may see: its message goes into the answer, and it is not logged. */
export class DomainError extends Error {
  override readonly name = "DomainError";

  constructor(
    readonly kind: ErrorKind,
    message: string,
    /** After how many seconds trying again makes sense, where that is known. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/** A refusal by Better Auth, which chooses the HTTP status itself. */
export class AuthRefusedError extends Error {
  override readonly name = "AuthRefusedError";

  constructor(
    /** The HTTP status of its answer, 300 to 499. */
    readonly status: number,
    message: string,
    /** Its code for programs, such as `INVALID_PASSWORD`. */
    readonly code?: string,
  ) {
    super(message);
  }
}
