import type { FastifyInstance, FastifyReply } from "fastify";
import type { Readiness } from "../readiness.ts";

/** The name by which this service calls itself. */
export const SERVICE = "todo-chatbot-api";

/**
 * The addresses that probes ask. Liveness never touches the database: restarting this process
 * would not bring a database back.
 */
export function healthRoutes(app: FastifyInstance, readiness: Readiness, version: string): void {
  // Probes come every few seconds for ever; their lines would bury the others.
  const options = {
    logLevel: "warn" as const,
    config: { open: true, unlimited: true },
    schema: { tags: ["operation"] },
  };

  app.get("/health/live", options, (_request, reply) =>
    reply.send({ status: "alive", service: SERVICE, version }),
  );
  app.get("/health", options, (_request, reply) =>
    reply.send({ status: "healthy", service: SERVICE, version }),
  );

  const ready = async (reply: FastifyReply): Promise<FastifyReply> => {
    const answer = await readiness.check();
    void reply.header("cache-control", "no-store");
    return reply.code(answer.status === "ready" ? 200 : 503).send(answer);
  };
  app.get("/health/ready", options, (_request, reply) => ready(reply));
  app.get("/ready", options, (_request, reply) => ready(reply));
}
