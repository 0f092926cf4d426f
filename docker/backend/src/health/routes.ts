import type { FastifyPluginCallback, FastifyReply } from "fastify";
import { Readiness } from "./readiness.ts";

/** The name of this service in health answers, logs and the OpenAPI description. */
export const SERVICE_NAME = "todo-chatbot-api";

/** The options of the health routes. */
export interface HealthOptions {
  /** The version in health answers. */
  readonly version: string;
  /** The names of the migrations that have to be applied before the app is ready. */
  readonly migrations: readonly string[];
}

/**
 * The routes that probes call. Liveness never asks the database: restarting this process would not
 * bring a database back.
 */
export const healthRoutes: FastifyPluginCallback<HealthOptions> = (
  app,
  { version, migrations },
  done,
) => {
  const { database, lifecycle, log } = app;
  const readiness = new Readiness({ database, migrations, lifecycle, log });
  // Probes come every few seconds. Their log lines would bury the others.
  const options = {
    logLevel: "warn" as const,
    config: { open: true, unlimited: true },
    schema: { tags: ["operation"] },
  };

  app.get("/health/live", options, (_request, reply) =>
    reply.send({ status: "alive", service: SERVICE_NAME, version }),
  );
  app.get("/health", options, (_request, reply) =>
    reply.send({ status: "healthy", service: SERVICE_NAME, version }),
  );

  const sendReadiness = async (reply: FastifyReply): Promise<FastifyReply> => {
    const result = await readiness.check();
    void reply.header("cache-control", "no-store");
    return reply.code(result.status === "ready" ? 200 : 503).send(result);
  };
  app.get("/health/ready", options, (_request, reply) => sendReadiness(reply));
  app.get("/ready", options, (_request, reply) => sendReadiness(reply));
  done();
};
