import { PassThrough } from "node:stream";
import type { ChatMessage, ToolNote } from "./schemas.ts";

/** The data of each event of a turn. README.md says what the events mean. */
export interface ChatEvents {
  readonly accepted: { readonly message: ChatMessage };
  readonly delta: { readonly text: string };
  readonly reset: Readonly<Record<string, never>>;
  readonly tool: ToolNote & { readonly changed: boolean };
  readonly done: { readonly message: ChatMessage; readonly tasksChanged: boolean };
  readonly error: {
    readonly status: number;
    readonly title: string;
    readonly detail: string;
    readonly retryable: boolean;
  };
}

/** Sends an event to the client. */
export type Emit = <Name extends keyof ChatEvents>(event: Name, data: ChatEvents[Name]) => void;

/** How often a comment is sent, in milliseconds: proxies cut connections that are silent. */
const COMMENT_INTERVAL_MS = 15_000;

/** A body of server-sent events. Events for a client that has disconnected are discarded. */
export class EventStream {
  /** The body of the HTTP answer. */
  readonly body: PassThrough = new PassThrough();
  readonly #commentTimer: NodeJS.Timeout;

  constructor() {
    this.#commentTimer = setInterval(() => {
      this.#write(": still there\n\n");
    }, COMMENT_INTERVAL_MS);
    this.body.on("close", () => {
      clearInterval(this.#commentTimer);
    });
    // A client that disconnects early is not an error.
    this.body.on("error", () => undefined);
  }

  /** Whether the client is still connected. */
  get open(): boolean {
    return !this.body.destroyed && !this.body.writableEnded;
  }

  /** Sends an event. */
  readonly emit: Emit = (event, data) => {
    this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };

  /** Ends the answer. */
  end(): void {
    clearInterval(this.#commentTimer);
    this.body.end();
  }

  #write(text: string): void {
    if (this.open) this.body.write(text);
  }
}
