import type { FastifyInstance } from "fastify";
import type { ModelConfig } from "../config.ts";
import type { Database } from "../db/database.ts";
import type { ChatMetrics } from "../http/metrics.ts";
import { cohere } from "./model/cohere.ts";
import { withBreaker, withRetries } from "./model/patience.ts";
import { chatRoutes } from "./routes.ts";
import { TurnStore } from "./turn-store.ts";
import { Turns } from "./turns.ts";

/** What the chat is put together from. */
export interface ChatOptions {
  readonly database: Database;
  readonly metrics: ChatMetrics;
  readonly model: ModelConfig;
}

/** Adds the chat to an app. With a key for the model it answers; without one, the rules do. */
export function addChat(app: FastifyInstance, options: ChatOptions): void {
  const { database, metrics, model } = options;
  const guarded = model.apiKey === undefined ? undefined : withBreaker(withRetries(cohere(model)));
  const store = new TurnStore(database);
  const ask = guarded?.ask;
  const turns = new Turns({ store, metrics, ask, modelMs: model.timeoutMs });
  chatRoutes(app, database, turns);
  // The server waits for its answers to end; those that stream end now, and go on elsewhere.
  app.addHook("preClose", async () => {
    await turns.stop();
    guarded?.close();
  });
}
