import { fastify, LogController } from "fastify";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { Database } from "./db/database.ts";
import { healthRoutes } from "./http/health.ts";
import { closeConnectionsWhileDraining, type Lifecycle } from "./http/lifecycle.ts";
import { useProblems } from "./http/problem.ts";
import { requestId } from "./http/request-id.ts";
import { Readiness } from "./readiness.ts";
import { taskRoutes } from "./tasks/routes.ts";
import { TaskStore } from "./tasks/store.ts";

/** What the app is put together from. */
export interface AppOptions {
  readonly database: Database;
  readonly lifecycle: Lifecycle;
  readonly log: Logger;
  readonly version: string;
  /** The names of the migrations that have to be applied before this app is ready. */
  readonly migrations: readonly string[];
}

/** The largest request body, in bytes: many times the longest title. */
export const BODY_LIMIT = 16 * 1024;

/** Puts the API together; it listens to nothing yet. */
export function buildApp(options: AppOptions): FastifyInstance {
  const { database, lifecycle, log, version, migrations } = options;
  // Under Fastify's own type, so that the app's type doesn't depend on the logger's.
  const logger: FastifyBaseLogger = log;
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    // A request that comes while the server closes is answered, not turned away: see shutdown().
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: requestId,
    // Says every mistake at once, and never guesses ("false" is not false). The body limit bounds
    // how much there can be to say.
    ajv: { customOptions: { allErrors: true, coerceTypes: false, removeAdditional: false } },
  });

  app.addHook("onRequest", (request, reply, done) => {
    void reply.header("x-request-id", request.id);
    done();
  });
  // One line for each request. The route's pattern, not the address: no text of a person is logged.
  app.addHook("onResponse", (request, reply, done) => {
    const { method, routeOptions } = request;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info({ method, route: routeOptions.url, status: reply.statusCode, ms }, "request");
    done();
  });

  closeConnectionsWhileDraining(app, lifecycle);
  useProblems(app);
  healthRoutes(app, new Readiness({ database, migrations, lifecycle, log }), version);
  taskRoutes(app, new TaskStore(database));
  return app;
}
