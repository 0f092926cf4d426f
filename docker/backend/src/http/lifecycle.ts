import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { Database } from "../db/database.ts";

/** Whether this process is on its way out. */
export interface Lifecycle {
  draining: boolean;
}

/** While draining, every answer asks its client to open its next connection elsewhere. */
export function closeConnectionsWhileDraining(app: FastifyInstance, lifecycle: Lifecycle): void {
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (lifecycle.draining) void reply.header("connection", "close");
    done(null, payload);
  });
}

/** What a shutdown takes apart, and how patiently. */
export interface ShutdownOptions {
  readonly app: FastifyInstance;
  readonly database: Pick<Database, "close">;
  readonly lifecycle: Lifecycle;
  readonly log: Pick<Logger, "info" | "warn">;
  readonly drainSeconds: number;
  readonly closeSeconds: number;
}

/**
 * Ends the server without failing a request, in this order: readiness goes off, so that no new
 * client is sent here; answers say `Connection: close`, so that clients that keep a connection
 * leave it between two requests; the server closes, which waits for requests that are running;
 * the database goes last, because those requests need it.
 */
export async function shutdown(options: ShutdownOptions): Promise<void> {
  const { app, database, lifecycle, log, drainSeconds, closeSeconds } = options;
  lifecycle.draining = true;
  log.info({ drainSeconds }, "draining");
  await new Promise((resolve) => setTimeout(resolve, drainSeconds * 1000));
  const late = setTimeout(() => {
    log.warn({ closeSeconds }, "requests are still running; their connections are cut");
    app.server.closeAllConnections();
  }, closeSeconds * 1000);
  await app.close();
  clearTimeout(late);
  await database.close();
  log.info("stopped");
}
