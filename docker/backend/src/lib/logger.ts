import { destination, type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";
import type { MigrationConfig } from "../config.ts";

/** Leaves out PostgreSQL's `detail` and other members of an error that can quote a whole row. */
function serializeError(error: Error): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  const facts = { type: error.name, message: error.message, stack: error.stack };
  return code === undefined ? facts : { ...facts, code };
}

/**
 * Creates a logger that writes one line of JSON for each event.
 *
 * @param service - the value of each line's `service`
 * @param stream - where the lines go; default: standard output, synchronously
 */
export function createLogger(
  service: string,
  { logLevel, version }: Pick<MigrationConfig, "logLevel" | "version">,
  stream: DestinationStream = destination({ sync: true }),
): Logger {
  const options = {
    level: logLevel,
    base: { service, version },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: serializeError },
  };
  return pino(options, stream);
}
