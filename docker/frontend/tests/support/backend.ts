import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** What a request looked like when it arrived. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly socket: Socket;
}

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A real HTTP server in the API's place, which remembers what it was asked. */
export class Backend {
  readonly seen: Seen[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  draining = false;

  private constructor(public handler: Handler) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        const { method = "", url = "", headers, socket } = request;
        this.seen.push({ method, url, headers, body, socket });
        if (this.draining) response.setHeader("connection", "close");
        this.handler(request, response, body);
      });
    });
    this.#server.keepAliveTimeout = 72_000;
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
  }

  /** Starts a server that answers as the handler does. */
  static async start(handler: Handler = ok, port = 0): Promise<Backend> {
    const backend = new Backend(handler);
    backend.#server.listen(port, "127.0.0.1");
    await once(backend.#server, "listening");
    return backend;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${this.port}`);
  }

  /** How many connections are open now. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Closes as the API does at the end of its drain: what is idle is cut, what runs is finished. */
  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    await closed;
  }

  /** Dies as a killed process does. */
  kill(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }
}

/** Answers with an empty list. */
export const ok: Handler = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end('{"tasks":[]}');
};
