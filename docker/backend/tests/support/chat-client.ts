import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { TestApp, User } from "./app.ts";

/** The data of all events. Each event has the members of its kind. */
interface EventData {
  readonly status: number;
  readonly message: {
    readonly id: string;
    readonly content: string;
    readonly source: string;
    readonly replyTo: string | null;
    readonly tools: readonly unknown[];
  };
  readonly text: string;
  readonly name: string;
  readonly ok: boolean;
  readonly changed: boolean;
  readonly taskIds: readonly string[];
  readonly tasksChanged: boolean;
  readonly retryable: boolean;
}

/** A server-sent event. */
export interface ReceivedEvent {
  readonly event: string;
  readonly data: EventData;
}

/** The answer to a message. */
export interface ChatAnswer {
  readonly status: number;
  readonly events: readonly ReceivedEvent[];
  /** The answer's text, from `done`. */
  readonly text: string;
  /** The text of the deltas after the last reset. */
  readonly streamed: string;
  readonly source: string | undefined;
  /** The names of the tools that ran. */
  readonly tools: readonly string[];
}

/** Reads events until the stream ends. */
export async function readEvents(response: Response): Promise<ReceivedEvent[]> {
  const text = await response.text();
  return parseEvents(text);
}

/** Parses server-sent events. Leaves out comments. */
export function parseEvents(text: string): ReceivedEvent[] {
  return text
    .split("\n\n")
    .filter((block) => block.startsWith("event: "))
    .map((block) => {
      const [, event = "", data = ""] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      return { event, data: JSON.parse(data) as EventData };
    });
}

/** A user's conversation. */
export class Chat {
  readonly sessionId: string;
  readonly #app: Pick<TestApp, "origin">;
  readonly #user: Pick<User, "token">;

  constructor(app: Pick<TestApp, "origin">, user: Pick<User, "token">, sessionId: string) {
    this.#app = app;
    this.#user = user;
    this.sessionId = sessionId;
  }

  /** Creates a conversation. */
  static async create(app: Pick<TestApp, "origin">, user: User): Promise<Chat> {
    const { status, body } = await user.call("POST", "/api/chat/sessions", {});
    assert.equal(status, 201);
    return new Chat(app, user, String(body.id));
  }

  /** Returns the same conversation on another server. */
  on(app: Pick<TestApp, "origin">): Chat {
    return new Chat(app, this.#user, this.sessionId);
  }

  /** Sends a message without reading the answer. */
  send(content: string, id: string = randomUUID(), signal?: AbortSignal): Promise<Response> {
    return fetch(`${this.#app.origin}/api/chat/sessions/${this.sessionId}/messages`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${this.#user.token}`,
      },
      body: JSON.stringify({ id, content }),
      ...(signal !== undefined && { signal }),
    });
  }

  /** Sends a message and reads the whole answer. */
  async tell(content: string, id?: string): Promise<ChatAnswer> {
    const response = await this.send(content, id);
    const events = response.ok ? await readEvents(response) : [];
    const done = events.find(({ event }) => event === "done")?.data;
    const last = events.findLastIndex(({ event }) => event === "reset");
    const deltas = events.slice(last + 1).filter(({ event }) => event === "delta");
    return {
      status: response.status,
      events,
      text: done?.message.content ?? "",
      streamed: deltas.map(({ data }) => data.text).join(""),
      source: done?.message.source,
      tools: events.filter(({ event }) => event === "tool").map(({ data }) => data.name),
    };
  }
}
