import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";

/** The state of the process. */
export interface Lifecycle {
  /** Whether the process is shutting down but still answers requests. */
  draining: boolean;
}

declare module "fastify" {
  interface FastifyInstance {
    readonly lifecycle: Lifecycle;
  }
}

/** Adds `Connection: close` to every answer while the process drains. */
export const draining = fp(
  (app, _options, done) => {
    const lifecycle: Lifecycle = { draining: false };
    app.decorate("lifecycle", lifecycle);
    app.addHook("onSend", (_request, reply, payload, next) => {
      if (lifecycle.draining) void reply.header("connection", "close");
      next(null, payload);
    });
    done();
  },
  { name: "draining" },
);

/** How long the steps of a shutdown take. */
export interface ShutdownOptions {
  /** How long answers have `Connection: close` before the server stops listening. */
  readonly drainSeconds: number;
  /** How long running requests may take after that, before their connections are cut. */
  readonly closeSeconds: number;
}

/**
 * Ends the app without failing a request:
 *
 * 1. Readiness answers 503, so that no new client is sent here.
 * 2. For `drainSeconds`, answers have `Connection: close`, so that clients with a kept connection
 *    leave it between two requests.
 * 3. The server closes, which waits for running requests.
 * 4. The database closes last, because those requests need it.
 */
export async function shutdown(
  app: FastifyInstance,
  { drainSeconds, closeSeconds }: ShutdownOptions,
): Promise<void> {
  const { database, lifecycle, log } = app;
  lifecycle.draining = true;
  log.info({ drainSeconds }, "draining");
  await new Promise((resolve) => setTimeout(resolve, drainSeconds * 1000));
  const deadline = setTimeout(() => {
    log.warn({ closeSeconds }, "requests are still running; their connections are cut");
    app.server.closeAllConnections();
  }, closeSeconds * 1000);
  await app.close();
  clearTimeout(deadline);
  await database.close();
  log.info("stopped");
}
