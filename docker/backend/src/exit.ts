import { MigrationError } from "./db/migrator.ts";
import { ConfigError } from "./env.ts";

/**
 * Ends the process with code 1 and, on standard error, the reason: the whole message of an error
 * that was written for people, the stack of one that nobody expected.
 */
export function exitWith(error: unknown, what: string): never {
  const expected = error instanceof ConfigError || error instanceof MigrationError;
  const reason = error instanceof Error ? (expected ? error.message : error.stack) : String(error);
  process.stderr.write(`${what}. ${reason ?? String(error)}\n`);
  process.exit(1);
}
