/** The database can't answer now: it is away, starting, full, or without our tables. */
export class DatabaseUnavailableError extends Error {
  override readonly name = "DatabaseUnavailableError";

  constructor(cause: unknown) {
    super(`The database can't answer: ${describe(cause)}`, { cause });
  }
}

/** PostgreSQL's five characters for what went wrong; undefined for an error of the connection. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** A value is not one of its column's type (class 22): a day that no calendar has, text with NUL. */
export function isBadValue(error: unknown): boolean {
  return sqlState(error)?.startsWith("22") === true;
}

/** One line about an error, also for the AggregateError of a host with several addresses. */
export function describe(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.map(describe).join("; ");
  }
  if (!(error instanceof Error)) return String(error);
  return error.message === "" ? error.name : error.message;
}

/** No such login, wrong password, no such database: waiting doesn't mend these. */
export function isRefusedLogin(error: unknown): boolean {
  const state = sqlState(error);
  return state !== undefined && (state.startsWith("28") || state === "3D000");
}

/**
 * What PostgreSQL says when the statement was fine and the server was not: connection (08), read
 * only after a failover (25006), login (28), unknown database (3D), out of resources (53), shut
 * down, starting or cancelled for time (57), its disk (58), tables that a migration still has to
 * make (42P01, 42703).
 */
const UNAVAILABLE = /^(?:08...|25006|28...|3D...|42P01|42703|53...|57...|58...|XX...)$/;

/**
 * True when trying again later can help. An error without an SQLSTATE comes from the connection:
 * refused, reset, timed out, name not found.
 */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  return state === undefined || UNAVAILABLE.test(state);
}
