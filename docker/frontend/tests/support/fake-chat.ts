import type { ServerResponse } from "node:http";
import type { Message } from "../../src/features/chat/chat-api.ts";
import { FakeBackend } from "./fake-backend.ts";

/** Returns a user's message as the API stores it. */
export function question(id: string, content: string, createdAt = new Date()): Message {
  return {
    ...{ id, role: "user", content, createdAt: createdAt.toISOString() },
    ...{ replyTo: null, source: null, tools: [] },
  };
}

/** Returns the answer to a message as the API stores it. */
export function answerTo({ id, createdAt }: Message, content: string): Message {
  return {
    ...{ id: `answer-to-${id}`, role: "assistant", content, createdAt },
    ...{ replyTo: id, source: "rules", tools: [] },
  };
}

/** Returns a server-sent event. */
export function event(type: string, data: unknown): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/**
 * Resolves the relative URLs of fetch against the backend, as a browser does against the page's
 * origin. Returns a function that restores fetch.
 */
export function redirectFetch(backend: FakeBackend): () => void {
  const originalFetch = globalThis.fetch;
  globalThis.fetch = (path, init) =>
    originalFetch(new URL(path instanceof Request ? path.url : path, backend.url), init);
  return () => {
    globalThis.fetch = originalFetch;
  };
}

/** A message that was sent to the chat. */
export interface SentMessage {
  readonly conversationId: string;
  readonly id: string;
  readonly content: string;
}

/** The chat API with conversations in memory. The test decides how messages are answered. */
export class FakeChat {
  /** The messages of each conversation, oldest first. */
  readonly messages = new Map<string, Message[]>();
  /** The messages that were sent, in order, with repetitions. */
  readonly sent: SentMessage[] = [];
  /** Delays all answers but those to messages. */
  hold: Promise<void> = Promise.resolve();
  /** Answers a message that is already stored. */
  respond: (message: Message, response: ServerResponse, conversationId: string) => void = (
    ...all
  ) => {
    this.succeed(...all);
  };
  readonly backend: FakeBackend;
  #createdCount = 0;

  constructor(backend: FakeBackend) {
    this.backend = backend;
    backend.handler = ({ method = "", url = "" }, response, body) => {
      void this.#handle(method, url, body, response);
    };
  }

  static async start(): Promise<FakeChat> {
    return new FakeChat(await FakeBackend.start());
  }

  /** The number of conversations that were created. */
  get createdCount(): number {
    return this.#createdCount;
  }

  /** Sends a complete answer which reports that tasks have changed. */
  succeed(message: Message, response: ServerResponse, conversationId: string): void {
    const answer = answerTo(message, `Done: ${message.content}`);
    this.messages.get(conversationId)?.push(answer);
    response.write(event("delta", { text: answer.content }));
    response.end(event("done", { message: answer, tasksChanged: true }));
  }

  /** Sends a permanent error. */
  fail(response: ServerResponse, detail: string): void {
    response.end(event("error", { status: 500, title: "x", detail, retryable: false }));
  }

  async #handle(
    method: string,
    url: string,
    body: string,
    response: ServerResponse,
  ): Promise<void> {
    const isPost = method === "POST";
    const [, conversationId] = /^\/api\/chat\/sessions\/([^/]+)\/messages/.exec(url) ?? [];
    if (conversationId !== undefined && isPost) {
      const message = JSON.parse(body) as Pick<SentMessage, "id" | "content">;
      this.#receive({ conversationId, ...message }, response);
      return;
    }
    await this.hold;
    const sendJson = (data: unknown): void => {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(data));
    };
    if (method === "PATCH") {
      sendJson({ ...(JSON.parse(body) as object), id: url.split("/").at(-1) });
    } else if (conversationId !== undefined) {
      sendJson({ messages: this.messages.get(conversationId), nextCursor: null });
    } else if (isPost) {
      const id = `created-${(this.#createdCount += 1)}`;
      this.messages.set(id, []);
      sendJson({ id, title: "" });
    } else {
      const sessions = [...this.messages.keys()].map((id) => ({ id, title: id }));
      sendJson({ sessions, nextCursor: null });
    }
  }

  /** Stores a message, unless it is a repetition, and answers it. */
  #receive({ conversationId, id, content }: SentMessage, response: ServerResponse): void {
    this.sent.push({ conversationId, id, content });
    const stored = this.messages.get(conversationId) ?? [];
    const existing = stored.find((one) => one.id === id);
    const message = existing ?? question(id, content);
    if (existing === undefined) stored.push(message);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(event("accepted", { message }));
    this.respond(message, response, conversationId);
  }
}
