import type { FastifyBaseLogger, FastifyInstance, RouteOptions } from "fastify";
import { fastify, LogController } from "fastify";
import type { Logger } from "pino";
import { accountRoutes } from "./auth/account.ts";
import { createAuth } from "./auth/auth.ts";
import { guard } from "./auth/guard.ts";
import { refuseOtherOrigins } from "./auth/origin.ts";
import { authRoutes } from "./auth/routes.ts";
import { Tokens } from "./auth/tokens.ts";
import { addChat } from "./chat/chat.ts";
import type { Config } from "./config.ts";
import type { Database } from "./db/database.ts";
import { collectDocs, docsRoutes } from "./http/docs.ts";
import { healthRoutes } from "./http/health.ts";
import { closeConnectionsWhileDraining, type Lifecycle } from "./http/lifecycle.ts";
import { createLimits } from "./http/limits.ts";
import { Metrics, metricsRoute } from "./http/metrics.ts";
import { useProblems } from "./http/problem.ts";
import { requestId } from "./http/request-id.ts";
import { useValidation } from "./http/validation.ts";
import { Readiness } from "./readiness.ts";
import { taskRoutes } from "./tasks/routes.ts";

/** What the app is told from outside. */
export type AppConfig = Pick<
  Config,
  | "version"
  | "trustedProxies"
  | "publicUrl"
  | "origins"
  | "authSecret"
  | "jwtSecret"
  | "limits"
  | "model"
>;

/** What the app is put together from. */
export interface AppOptions {
  readonly config: AppConfig;
  readonly database: Database;
  readonly lifecycle: Lifecycle;
  readonly log: Logger;
  /** The names of the migrations that have to be applied before this app is ready. */
  readonly migrations: readonly string[];
  /** Hears of each route as it is added. */
  readonly onRoute?: (route: RouteOptions) => void;
}

/** The largest request body, in bytes: room for the longest description, however it is written. */
export const BODY_LIMIT = 32 * 1024;

/** Puts the API together; it listens to nothing yet. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, database, lifecycle, log, migrations } = options;
  // Under Fastify's own type, so that the app's type doesn't depend on the logger's.
  const logger: FastifyBaseLogger = log;
  const app: FastifyInstance = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    // A request that comes while the server closes is answered, not turned away: see shutdown().
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: requestId,
    // Each proxy adds the address that asked it; only so many of the last ones are believed.
    trustProxy: (_address, hop) => hop < config.trustedProxies,
  });
  const { onRoute } = options;
  if (onRoute !== undefined) app.addHook("onRoute", onRoute);
  useValidation(app);
  useProblems(app);

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
  const metrics = new Metrics(database);
  metrics.watch(app);

  // In this order: what costs nothing first, then the question who asks, which costs a statement.
  const auth = createAuth({ config, database, log });
  const tokens = new Tokens(config.jwtSecret);
  const limits = await createLimits(app, config.limits);
  refuseOtherOrigins(app, config.origins);
  app.addHook("onRequest", limits.before);
  guard(app, auth, tokens);
  app.addHook("onRequest", limits.after);
  app.addHook("preHandler", limits.withBody);

  await collectDocs(app, config.version);
  const readiness = new Readiness({ database, migrations, lifecycle, log });
  healthRoutes(app, readiness, config.version);
  authRoutes(app, auth, config.publicUrl);
  accountRoutes(app, database, tokens);
  taskRoutes(app, database);
  addChat(app, { database, metrics, model: config.model });
  metricsRoute(app, metrics);
  docsRoutes(app);
  return app;
}
