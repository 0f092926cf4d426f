import type { FastifyPluginCallback } from "fastify";
import fp from "fastify-plugin";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Database } from "../database/database.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly metrics: Metrics;
  }
}

/** The metrics of one app, in a registry that no other app shares. */
export class Metrics {
  /** What GET /metrics returns. */
  readonly registry: Registry = new Registry();
  readonly #turns: Counter;
  readonly #tools: Counter;
  readonly #model: Histogram;
  readonly #requests: Histogram;

  constructor(database: Pick<Database, "usage">) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#turns = new Counter({
      ...{ name: "chat_turns_total", help: "Turns of the chat, by who answered", registers },
      labelNames: ["answered_by"],
    });
    this.#tools = new Counter({
      ...{ name: "chat_tools_total", help: "Tools that the chat has run", registers },
      labelNames: ["tool", "ok"],
    });
    this.#model = new Histogram({
      ...{ name: "chat_model_seconds", help: "Questions to the language model", registers },
      labelNames: ["outcome"],
      buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10],
    });
    new Gauge({
      ...{ name: "database_connections", help: "Connections of the pool", registers },
      labelNames: ["state"],
      collect() {
        const { total, idle, waiting } = database.usage;
        this.set({ state: "used" }, total - idle);
        this.set({ state: "idle" }, idle);
        this.set({ state: "wanted" }, waiting);
      },
    });
    this.#requests = new Histogram({
      ...{ name: "http_request_duration_seconds", help: "Requests, to their last byte", registers },
      labelNames: ["method", "route", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    });
  }

  /**
   * Counts an HTTP request.
   *
   * @param route - the route's pattern: with URLs, each id would be a time series of its own
   */
  countRequest(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status }, seconds);
  }

  /** Counts a turn of the chat that has ended, by who answered; `failed` means nobody did. */
  countTurn(answeredBy: "model" | "rules" | "failed"): void {
    this.#turns.inc({ answered_by: answeredBy });
  }

  /** Counts a tool of the chat that has run. */
  countTool(name: string, ok: boolean): void {
    this.#tools.inc({ tool: name, ok: String(ok) });
  }

  /** Counts a conversation with the model; `outcome` is `ok` or why there was no answer. */
  countModel(outcome: string, seconds: number): void {
    this.#model.observe({ outcome }, seconds);
  }
}

/** Adds `app.metrics`, and counts every request. */
export const metrics = fp(
  (app, _options, done) => {
    const appMetrics = new Metrics(app.database);
    app.decorate("metrics", appMetrics);
    app.addHook("onResponse", (request, reply, next) => {
      const route = request.routeOptions.url ?? "none";
      const seconds = reply.elapsedTime / 1000;
      appMetrics.countRequest(request.method, route, reply.statusCode, seconds);
      next();
    });
    done();
  },
  { name: "metrics" },
);

/** The route GET /metrics. */
export const metricsRoute: FastifyPluginCallback = (app, _options, done) => {
  const { registry } = app.metrics;
  app.get(
    "/metrics",
    {
      logLevel: "warn",
      config: { open: true, unlimited: true },
      schema: { tags: ["operation"], summary: "Metrics for Prometheus" },
    },
    async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  );
  done();
};
