import type { FastifyBaseLogger, FastifyInstance, RouteOptions } from "fastify";
import { fastify, LogController } from "fastify";
import type { Logger } from "pino";
import { accountRoutes } from "./auth/account-routes.ts";
import { auth } from "./auth/plugin.ts";
import { authRoutes } from "./auth/routes.ts";
import { chat } from "./chat/plugin.ts";
import type { Config } from "./config.ts";
import type { Database } from "./database/database.ts";
import { healthRoutes } from "./health/routes.ts";
import { apiDescription, apiDocsRoutes } from "./plugins/api-docs.ts";
import { authGuard } from "./plugins/auth-guard.ts";
import { draining } from "./plugins/draining.ts";
import { metrics, metricsRoute } from "./plugins/metrics.ts";
import { originCheck } from "./plugins/origin-check.ts";
import { problemDetails } from "./plugins/problem-details.ts";
import { addressRateLimit, userRateLimit } from "./plugins/rate-limit.ts";
import { requestId, requestIdHeader } from "./plugins/request-id.ts";
import { requestLog } from "./plugins/request-log.ts";
import { validation } from "./plugins/validation.ts";
import { taskRoutes } from "./tasks/routes.ts";

/** The part of the configuration that the app uses. */
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

/** What the app is built from. */
export interface AppOptions {
  readonly config: AppConfig;
  readonly database: Database;
  readonly log: Logger;
  /** The names of the migrations that have to be applied before the app is ready. */
  readonly migrations: readonly string[];
  /** Called for each route that is added. */
  readonly onRoute?: (route: RouteOptions) => void;
}

/** The largest request body, in bytes: enough for the longest description, however it is encoded. */
export const BODY_LIMIT = 32 * 1024;

/** Builds the app from its plugins and routes. It does not listen yet. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, database, migrations, onRoute } = options;
  const { version, limits, publicUrl, authSecret, jwtSecret, model } = config;
  const app = createServer(options);
  if (onRoute !== undefined) app.addHook("onRoute", onRoute);
  app.decorate("database", database);

  await app.register(validation);
  await app.register(problemDetails);
  await app.register(requestIdHeader);
  await app.register(requestLog);
  await app.register(draining);
  await app.register(metrics);

  // Checks run in this order: those that cost nothing come before the auth guard, whose session
  // lookup costs a database statement.
  await app.register(originCheck, { trustedOrigins: config.origins });
  await app.register(addressRateLimit, limits);
  await app.register(auth, { publicUrl, authSecret, jwtSecret });
  await app.register(authGuard);
  await app.register(userRateLimit, limits);

  await app.register(apiDescription, { version });
  await app.register(healthRoutes, { version, migrations });
  await app.register(authRoutes, { publicUrl });
  await app.register(accountRoutes);
  await app.register(taskRoutes);
  await app.register(chat, { model });
  await app.register(metricsRoute);
  await app.register(apiDocsRoutes);
  return app;
}

function createServer({ config, log }: AppOptions): FastifyInstance {
  // Typed as Fastify's logger, so that the app's type doesn't depend on pino's.
  const logger: FastifyBaseLogger = log;
  return fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    // Requests that arrive while the server closes are answered: see shutdown().
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: requestId,
    // Each proxy appends the address of its client to X-Forwarded-For. Only the last ones, which
    // our own proxies appended, are trusted.
    trustProxy: (_address, hop) => hop < config.trustedProxies,
  });
}
