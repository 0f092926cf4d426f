import type { ServerResponse } from "node:http";
import type { Message } from "../../src/lib/chat-api.ts";
import { Backend } from "./backend.ts";

/** A message that was sent, as the API keeps it. */
export function question(id: string, content: string, createdAt = new Date()): Message {
  return {
    ...{ id, role: "user", content, createdAt: createdAt.toISOString() },
    ...{ replyTo: null, source: null, tools: [] },
  };
}

/** The answer to a message. */
export function answerTo({ id, createdAt }: Message, content: string): Message {
  return {
    ...{ id: `answer-to-${id}`, role: "assistant", content, createdAt },
    ...{ replyTo: id, source: "rules", tools: [] },
  };
}

/** A server-sent event. */
export function event(type: string, data: unknown): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Sends the requests of this process to the backend: in a browser addresses are those of the page. */
export function fetchFrom(backend: Backend): { readonly restore: () => void } {
  const real = globalThis.fetch;
  globalThis.fetch = (path, init) =>
    real(new URL(path instanceof Request ? path.url : path, backend.url), init);
  return {
    restore: () => {
      globalThis.fetch = real;
    },
  };
}

/** What came with a message that was sent. */
export interface Sent {
  readonly chatId: string;
  readonly id: string;
  readonly content: string;
}

/** The routes of the chat, with conversations in memory; how a message is answered is the test's. */
export class ChatServer {
  /** By conversation, oldest message first. */
  readonly messages = new Map<string, Message[]>();
  readonly sent: Sent[] = [];
  /** Holds back what begins or reads a conversation, until it is done. */
  hold: Promise<void> = Promise.resolve();
  /** Answers a message that was kept already. */
  respond: (message: Message, response: ServerResponse, chatId: string) => void = (...all) => {
    this.succeed(...all);
  };
  #begun = 0;

  private constructor(readonly backend: Backend) {
    backend.handler = ({ method = "", url = "" }, response, body) => {
      void this.#handle(method, url, body, response);
    };
  }

  static async start(): Promise<ChatServer> {
    return new ChatServer(await Backend.start());
  }

  /** How many conversations were begun. */
  get begun(): number {
    return this.#begun;
  }

  /** Answers in full, and says that the list of tasks has changed. */
  succeed(message: Message, response: ServerResponse, chatId: string): void {
    const answer = answerTo(message, `Done: ${message.content}`);
    this.messages.get(chatId)?.push(answer);
    response.write(event("delta", { text: answer.content }));
    response.end(event("done", { message: answer, tasksChanged: true }));
  }

  /** Fails, so that sending it again would not help. */
  fail(response: ServerResponse, detail: string): void {
    response.end(event("error", { status: 500, title: "x", detail, retryable: false }));
  }

  async #handle(
    method: string,
    url: string,
    body: string,
    response: ServerResponse,
  ): Promise<void> {
    const post = method === "POST";
    const [, chatId] = /^\/api\/chat\/sessions\/([^/]+)\/messages/.exec(url) ?? [];
    if (chatId !== undefined && post) {
      this.#take(chatId, JSON.parse(body) as Omit<Sent, "chatId">, response);
      return;
    }
    await this.hold;
    const json = (data: unknown): void => {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(data));
    };
    if (method === "PATCH") json({ ...(JSON.parse(body) as object), id: url.split("/").at(-1) });
    else if (chatId !== undefined) json({ messages: this.messages.get(chatId), nextCursor: null });
    else if (post) {
      const id = `begun-${(this.#begun += 1)}`;
      this.messages.set(id, []);
      json({ id, title: "" });
    } else {
      const sessions = [...this.messages.keys()].map((id) => ({ id, title: id }));
      json({ sessions, nextCursor: null });
    }
  }

  #take(chatId: string, { id, content }: Omit<Sent, "chatId">, response: ServerResponse): void {
    this.sent.push({ chatId, id, content });
    const kept = this.messages.get(chatId) ?? [];
    const known = kept.find((one) => one.id === id);
    const message = known ?? question(id, content);
    if (known === undefined) kept.push(message);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(event("accepted", { message }));
    this.respond(message, response, chatId);
  }
}
