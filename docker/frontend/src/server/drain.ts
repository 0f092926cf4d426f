import { subscribe } from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";

/** Whether this process is on its way out. One object for all bundles that Next.js makes of us. */
interface State {
  draining: boolean;
}

const KEY = Symbol.for("todo-chatbot-web.drain");

function state(): State {
  const shared = globalThis as { [KEY]?: State };
  return (shared[KEY] ??= { draining: false });
}

/** True from SIGTERM on: no new client should be sent here. */
export function isDraining(): boolean {
  return state().draining;
}

/**
 * Makes SIGTERM end this process without failing a request: readiness goes off, answers ask their
 * clients to leave the connection, and then the server closes and waits for what is running.
 *
 * Next.js closes its server at once on SIGTERM, which can cut a connection that a client is just
 * about to use again; NEXT_MANUAL_SIG_HANDLE (set in the image) leaves the signal to us. Node's
 * own diagnostics channel shows us the server and its responses, so that the generated server.js
 * can stay as it is.
 */
export function drainOnSignals(drainSeconds: number, closeSeconds: number): void {
  let server: Server | undefined;
  subscribe("http.server.request.start", (message) => {
    const seen = message as { readonly server: Server; readonly response: ServerResponse };
    server = seen.server;
    if (isDraining()) seen.response.setHeader("connection", "close");
  });

  const stop = (signal: string): void => {
    // A second signal means that somebody is tired of waiting.
    if (isDraining()) process.exit(1);
    state().draining = true;
    log(`${signal}: draining for ${drainSeconds} s`);
    setTimeout(() => {
      if (server === undefined) process.exit(0);
      server.close(() => {
        log("stopped");
        process.exit(0);
      });
      // A connection whose answer was under way just now becomes idle; it is not waited for.
      setInterval(() => server?.closeIdleConnections(), 100);
      setTimeout(() => server?.closeAllConnections(), closeSeconds * 1000);
    }, drainSeconds * 1000);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

function log(msg: string): void {
  console.log(JSON.stringify({ level: "info", msg }));
}
