import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request to the model. */
export interface ModelRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly model: string;
  readonly messages: readonly {
    readonly role: string;
    readonly content?: string;
    readonly tool_calls?: readonly { readonly function: { readonly arguments: string } }[];
  }[];
  readonly tools: readonly { readonly function: { readonly name: string } }[];
}

/** Answers one request. */
export type Reply = (response: ServerResponse, asked: ModelRequest) => void | Promise<void>;

/** A server with Cohere's API (v2, streamed) whose answers, good and bad, a test chooses. */
export class FakeCohere {
  /** The requests so far. */
  readonly asked: ModelRequest[] = [];
  /** One for each request to come. The last one is kept for all others. */
  replies: Reply[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request, response);
    });
  }

  /** Starts a server on a free port. */
  static async start(): Promise<FakeCohere> {
    const fake = new FakeCohere();
    fake.#server.listen(0, "127.0.0.1");
    await once(fake.#server, "listening");
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { authorization } = request.headers;
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Omit<ModelRequest, "path">;
    const asked = { ...body, path: request.url ?? "", authorization };
    this.asked.push(asked);
    const [next] = this.replies;
    if (this.replies.length > 1) this.replies.shift();
    await next?.(response, asked);
  }
}

const start = (response: ServerResponse): void => {
  response.writeHead(200, { "content-type": "text/event-stream" });
};

const send = (response: ServerResponse, event: Record<string, unknown>): void => {
  response.write(`event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`);
};

const end = (response: ServerResponse, finish: string): void => {
  send(response, { type: "message-end", delta: { finish_reason: finish } });
  response.end("data: [DONE]\n\n");
};

/** Replies with a text, one event for each word. */
export const says =
  (text: string): Reply =>
  (response) => {
    start(response);
    send(response, { type: "message-start", id: "m", delta: { message: { role: "assistant" } } });
    for (const part of text.match(/\S+\s*/g) ?? []) {
      const delta = { message: { content: { text: part } } };
      send(response, { type: "content-delta", index: 0, delta });
    }
    end(response, "COMPLETE");
  };

/** Replies with calls of tools, whose arguments come in pieces. */
export const calls =
  (...all: readonly (readonly [name: string, args: unknown])[]): Reply =>
  (response) => {
    start(response);
    const plan = { message: { tool_plan: "I will do it." } };
    send(response, { type: "tool-plan-delta", delta: plan });
    for (const [index, [name, args]] of all.entries()) {
      const json = typeof args === "string" ? args : JSON.stringify(args);
      const call = { id: `call_${index}`, type: "function", function: { name, arguments: "" } };
      const message = { tool_calls: call };
      send(response, { type: "tool-call-start", index, delta: { message } });
      for (const part of json.match(/[\s\S]{1,7}/g) ?? []) {
        const delta = { message: { tool_calls: { function: { arguments: part } } } };
        send(response, { type: "tool-call-delta", index, delta });
      }
      send(response, { type: "tool-call-end", index });
    }
    end(response, "TOOL_CALL");
  };

/** Answers with an error status. */
export const status =
  (code: number, headers: Record<string, string> = {}): Reply =>
  (response) => {
    response.writeHead(code, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify({ message: `no, said with ${code}` }));
  };

/** Never answers. */
export const hangs: Reply = () => undefined;

/** Starts a reply and never ends it. */
export const stalls: Reply = (response) => {
  start(response);
  send(response, { type: "content-delta", delta: { message: { content: { text: "Well, " } } } });
};

/** Starts a reply and cuts the connection. */
export const breaks: Reply = async (response) => {
  void stalls(response, undefined as never);
  await new Promise((resolve) => setTimeout(resolve, 50));
  response.destroy();
};

/** Answers 200 with any body. */
export const sends =
  (body: string, type = "text/event-stream"): Reply =>
  (response) => {
    response.writeHead(200, { "content-type": type });
    response.end(body);
  };
