import { destination, type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";
import type { MigrationConfig } from "./config.ts";

/** The facts of an error that are safe to keep: PostgreSQL's details can quote a whole row. */
function errorFacts(error: Error): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  const facts = { type: error.name, message: error.message, stack: error.stack };
  return code === undefined ? facts : { ...facts, code };
}

/** Opens the log: one line of JSON for each event, on standard output. */
export function openLog(
  service: string,
  { logLevel, version }: Pick<MigrationConfig, "logLevel" | "version">,
  stream: DestinationStream = destination({ sync: true }),
): Logger {
  const options = {
    level: logLevel,
    base: { service, version },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: errorFacts },
  };
  return pino(options, stream);
}
