import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { TestApp, User } from "./app.ts";

/** What events carry; each has those that its kind has, and a test that reads another one fails. */
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

/** One server-sent event. */
export interface Heard {
  readonly event: string;
  readonly data: EventData;
}

/** What came of a message. */
export interface Told {
  readonly status: number;
  readonly events: readonly Heard[];
  /** The answer's text, from `done`. */
  readonly text: string;
  /** Put together from the deltas, as a page would. */
  readonly streamed: string;
  readonly source: string | undefined;
  /** The names of the tools that ran. */
  readonly tools: readonly string[];
}

/** Reads events until the stream ends. */
export async function readEvents(response: Response): Promise<Heard[]> {
  const text = await response.text();
  return parseEvents(text);
}

/** The events of a text; comments are left out. */
export function parseEvents(text: string): Heard[] {
  return text
    .split("\n\n")
    .filter((block) => block.startsWith("event: "))
    .map((block) => {
      const [, event = "", data = ""] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      return { event, data: JSON.parse(data) as EventData };
    });
}

/** A conversation of a user. */
export class Chat {
  private constructor(
    private readonly app: Pick<TestApp, "origin">,
    private readonly user: Pick<User, "token">,
    readonly sessionId: string,
  ) {}

  static async begin(app: Pick<TestApp, "origin">, user: User): Promise<Chat> {
    const { status, body } = await user.call("POST", "/api/chat/sessions", {});
    assert.equal(status, 201);
    return new Chat(app, user, String(body.id));
  }

  /** The same conversation, asked of another server. */
  on(app: Pick<TestApp, "origin">): Chat {
    return new Chat(app, this.user, this.sessionId);
  }

  /** Sends a message and leaves the answer unread. */
  send(content: string, id: string = randomUUID(), signal?: AbortSignal): Promise<Response> {
    return fetch(`${this.app.origin}/api/chat/sessions/${this.sessionId}/messages`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${this.user.token}`,
      },
      body: JSON.stringify({ id, content }),
      ...(signal !== undefined && { signal }),
    });
  }

  /** Sends a message and reads the answer to its end. */
  async tell(content: string, id?: string): Promise<Told> {
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
