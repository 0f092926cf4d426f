import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What was asked of the model. */
export interface Asked {
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

/** Answers one question. */
export type Reply = (response: ServerResponse, asked: Asked) => void | Promise<void>;

/** A server that speaks Cohere's API (v2, streamed), and misbehaves as it is told. */
export class FakeCohere {
  readonly asked: Asked[] = [];
  /** One for each question to come; the last one stays. */
  replies: Reply[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request, response);
    });
  }

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
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Omit<Asked, "path">;
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

/** Says words, one event each. */
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

/** Calls tools; the arguments come in pieces. */
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

/** Refuses with a status. */
export const status =
  (code: number, headers: Record<string, string> = {}): Reply =>
  (response) => {
    response.writeHead(code, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify({ message: `no, said with ${code}` }));
  };

/** Never answers. */
export const hangs: Reply = () => undefined;

/** Begins to speak and then never ends. */
export const stalls: Reply = (response) => {
  start(response);
  send(response, { type: "content-delta", delta: { message: { content: { text: "Well, " } } } });
};

/** Begins to speak and cuts the connection. */
export const breaks: Reply = async (response) => {
  void stalls(response, undefined as never);
  await new Promise((resolve) => setTimeout(resolve, 50));
  response.destroy();
};

/** Sends anything, as the body of a good answer. */
export const sends =
  (body: string, type = "text/event-stream"): Reply =>
  (response) => {
    response.writeHead(200, { "content-type": type });
    response.end(body);
  };
