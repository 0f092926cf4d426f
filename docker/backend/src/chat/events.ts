import { PassThrough } from "node:stream";
import type { ToolName } from "./tools/definitions.ts";
import type { ChatMessage } from "./types.ts";

/** What a client hears of a turn. README.md says what each event means. */
export interface ChatEvents {
  readonly accepted: { readonly message: ChatMessage };
  readonly delta: { readonly text: string };
  readonly reset: Readonly<Record<string, never>>;
  readonly tool: {
    readonly name: ToolName;
    readonly ok: boolean;
    readonly taskIds: readonly string[];
    readonly changed: boolean;
  };
  readonly done: { readonly message: ChatMessage; readonly tasksChanged: boolean };
  readonly error: {
    readonly status: number;
    readonly title: string;
    readonly detail: string;
    readonly retryable: boolean;
  };
}

/** Tells a client of an event. */
export type Emit = <Name extends keyof ChatEvents>(event: Name, data: ChatEvents[Name]) => void;

/** So often a comment goes out, in milliseconds: proxies cut connections that say nothing. */
const COMMENT_MS = 15_000;

/** Server-sent events, as a body to answer with. Telling a client that has left does nothing. */
export class EventStream {
  readonly body = new PassThrough();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => {
      this.#write(": still there\n\n");
    }, COMMENT_MS);
    this.body.on("close", () => {
      clearInterval(this.#timer);
    });
    // A client that leaves in the middle is no failure.
    this.body.on("error", () => undefined);
  }

  /** Whether somebody still listens. */
  get open(): boolean {
    return !this.body.destroyed && !this.body.writableEnded;
  }

  readonly emit: Emit = (event, data) => {
    this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };

  /** Ends the answer. */
  end(): void {
    clearInterval(this.#timer);
    this.body.end();
  }

  #write(text: string): void {
    if (this.open) this.body.write(text);
  }
}
