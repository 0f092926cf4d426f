import { subscribe } from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";
import type { ServerEnvironment } from "./environment.ts";

interface ShutdownState {
  draining: boolean;
}

/** Next.js puts this module into several bundles. All of them share one state under this key. */
const stateKey = Symbol.for("todo-chatbot-web.shutdown");

function state(): ShutdownState {
  const shared = globalThis as { [stateKey]?: ShutdownState };
  return (shared[stateKey] ??= { draining: false });
}

/** Returns true after SIGTERM: no new client should be sent to this process. */
export function isDraining(): boolean {
  return state().draining;
}

/**
 * Shuts the server down on SIGTERM and SIGINT without failing a request:
 *
 * 1. For `drainSeconds`, /api/ready answers 503 and every answer has `Connection: close`.
 * 2. The server stops listening and waits up to `closeSeconds` for running requests.
 * 3. The process exits with code 0.
 *
 * A second signal ends the process at once, with code 1.
 *
 * Next.js itself closes its server right at SIGTERM, which can cut a connection that a client is about
 * to reuse. NEXT_MANUAL_SIG_HANDLE (set in the image) disables that. The server and its responses come
 * from Node's diagnostics channel, so that the generated server.js needs no change.
 */
export function shutDownOnSignals({
  drainSeconds,
  closeSeconds,
}: Pick<ServerEnvironment, "drainSeconds" | "closeSeconds">): void {
  let server: Server | undefined;
  subscribe("http.server.request.start", (message) => {
    const started = message as { readonly server: Server; readonly response: ServerResponse };
    server = started.server;
    if (isDraining()) started.response.setHeader("connection", "close");
  });

  const shutDown = (signal: string): void => {
    if (isDraining()) process.exit(1);
    state().draining = true;
    log(`${signal}: draining for ${drainSeconds} s`);
    setTimeout(() => {
      if (server === undefined) process.exit(0);
      server.close(() => {
        log("stopped");
        process.exit(0);
      });
      // A connection becomes idle when its last answer is complete. It must not delay the exit.
      setInterval(() => server?.closeIdleConnections(), 100);
      setTimeout(() => server?.closeAllConnections(), closeSeconds * 1000);
    }, drainSeconds * 1000);
  };
  process.on("SIGTERM", shutDown);
  process.on("SIGINT", shutDown);
}

function log(msg: string): void {
  console.log(JSON.stringify({ level: "info", msg }));
}
