import { EnvironmentError, serverEnvironment } from "./environment.ts";
import { setForwardedHeadersOnRequests } from "./forwarded-headers.ts";
import { shutDownOnSignals } from "./graceful-shutdown.ts";

/**
 * Prepares the process before the server answers: checks the environment variables and installs the
 * request and signal handlers. Exits with code 1 when a variable is invalid.
 */
export function startServer(): void {
  try {
    const environment = serverEnvironment();
    setForwardedHeadersOnRequests();
    shutDownOnSignals(environment);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`The server could not start. ${error.message}\n`);
    process.exit(1);
  }
}
