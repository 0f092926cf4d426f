import { ConfigError } from "../config.ts";
import { MigrationError } from "../database/migrator.ts";

/**
 * Writes the reason to standard error and ends the process with code 1. The reason is the message
 * of a ConfigError or a MigrationError, which tells an operator what to do, and the stack of any
 * other error.
 *
 * @param summary - what failed, without a full stop: "The server could not start"
 */
export function exitWithError(error: unknown, summary: string): never {
  const expected = error instanceof ConfigError || error instanceof MigrationError;
  const reason = error instanceof Error ? (expected ? error.message : error.stack) : String(error);
  process.stderr.write(`${summary}. ${reason ?? String(error)}\n`);
  process.exit(1);
}
