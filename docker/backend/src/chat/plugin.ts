import type { FastifyPluginAsync } from "fastify";
import type { ModelConfig } from "../config.ts";
import { cohere } from "./model/cohere.ts";
import { withBreaker, withRetries } from "./model/resilience.ts";
import { chatRoutes } from "./routes.ts";
import { TurnStore } from "./turn-store.ts";
import { Turns } from "./turns.ts";

/** The options of the chat. */
export interface ChatOptions {
  /** Without an `apiKey`, the rules answer. */
  readonly model: ModelConfig;
}

/** The chat: its routes, and the turns that answer its messages. */
export const chat: FastifyPluginAsync<ChatOptions> = async (app, { model }) => {
  const breaker = model.apiKey === undefined ? undefined : withBreaker(withRetries(cohere(model)));
  const turns = new Turns({
    store: new TurnStore(app.database),
    metrics: app.metrics,
    ask: breaker?.ask,
    modelTimeoutMs: model.timeoutMs,
  });
  // A closing server waits for its answers. Those that stream end now; another process can go on.
  app.addHook("preClose", async () => {
    await turns.stop();
    breaker?.close();
  });
  await app.register(chatRoutes, { turns });
};
