/** The database can't answer now: it is down, starting, overloaded or not migrated. */
export class DatabaseUnavailableError extends Error {
  override readonly name = "DatabaseUnavailableError";

  constructor(cause: unknown) {
    super(`The database can't answer: ${describeError(cause)}`, { cause });
  }
}

/** Returns PostgreSQL's SQLSTATE code, or undefined for an error of the connection. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** Whether PostgreSQL refused a value (class 22), such as an impossible date or text with NUL. */
export function isInvalidValue(error: unknown): boolean {
  return sqlState(error)?.startsWith("22") === true;
}

/** Returns one line about an error, also for the AggregateError of a host with several addresses. */
export function describeError(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.map(describeError).join("; ");
  }
  if (!(error instanceof Error)) return String(error);
  return error.message === "" ? error.name : error.message;
}

/** Whether the login or the database does not exist or the password is wrong: waiting can't help. */
export function isRefusedLogin(error: unknown): boolean {
  const state = sqlState(error);
  return state !== undefined && (state.startsWith("28") || state === "3D000");
}

/**
 * SQLSTATE codes for a problem of the server and not of the statement: connection (08), read-only
 * after a failover (25006), login (28), unknown database (3D), tables or columns that a migration
 * has not created yet (42P01, 42703), out of resources (53), shutting down, starting or statement
 * timeout (57), I/O error (58), internal error (XX).
 */
const unavailableState = /^(?:08...|25006|28...|3D...|42P01|42703|53...|57...|58...|XX...)$/;

/**
 * Whether trying again later can help. An error without an SQLSTATE comes from the connection:
 * refused, reset, timed out, name not found.
 */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  return state === undefined || unavailableState.test(state);
}
