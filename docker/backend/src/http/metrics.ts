import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Database } from "../db/database.ts";

/** What the chat counts. */
export interface ChatMetrics {
  /** A turn has ended: who answered (`model`, `rules`), or that nobody could (`failed`). */
  turn(answeredBy: "model" | "rules" | "failed"): void;
  /** A tool has run. */
  tool(name: string, ok: boolean): void;
  /** The model was asked: `ok`, or why there was no answer. */
  model(outcome: string, seconds: number): void;
}

/** Counts for /metrics, in a registry of this app alone. */
export class Metrics implements ChatMetrics {
  readonly registry = new Registry();
  readonly #turns: Counter;
  readonly #tools: Counter;
  readonly #model: Histogram;

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
  }

  /** Counts the requests of an app. */
  watch(app: FastifyInstance): void {
    const seconds = new Histogram({
      ...{ name: "http_request_duration_seconds", help: "Requests, to their last byte" },
      labelNames: ["method", "route", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.registry],
    });
    app.addHook("onResponse", (request, reply, done) => {
      // The pattern and not the address, or each id would be a series of its own.
      const route = request.routeOptions.url ?? "none";
      const labels = { method: request.method, route, status: reply.statusCode };
      seconds.observe(labels, reply.elapsedTime / 1000);
      done();
    });
  }

  turn(answeredBy: "model" | "rules" | "failed"): void {
    this.#turns.inc({ answered_by: answeredBy });
  }

  tool(name: string, ok: boolean): void {
    this.#tools.inc({ tool: name, ok: String(ok) });
  }

  model(outcome: string, seconds: number): void {
    this.#model.observe({ outcome }, seconds);
  }
}

/** The route /metrics. */
export function metricsRoute(app: FastifyInstance, { registry }: Metrics): void {
  app.get(
    "/metrics",
    {
      logLevel: "warn",
      config: { open: true, unlimited: true },
      schema: { tags: ["operation"], summary: "Metrics for Prometheus" },
    },
    async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  );
}
