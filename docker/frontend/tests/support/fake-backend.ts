import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A request that the backend has received. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly socket: Socket;
}

/** Answers a request whose body has been read. */
export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** An HTTP server in place of the API that records its requests. */
export class FakeBackend {
  readonly seen: ReceivedRequest[] = [];
  /** Answers the requests; may be replaced at any time. */
  handler: Handler;
  /** Whether answers have `Connection: close`. */
  draining = false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(handler: Handler) {
    this.handler = handler;
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

  /** Starts a backend on the given port, or on a free one. */
  static async start(handler: Handler = sendEmptyList, port = 0): Promise<FakeBackend> {
    const backend = new FakeBackend(handler);
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

  /** The number of open connections. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Closes like the API at the end of its drain: drops idle connections, completes requests. */
  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    await closed;
  }

  /** Resets all connections, as the end of a killed process does. */
  kill(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }
}

/** Answers with an empty task list. */
export const sendEmptyList: Handler = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end('{"tasks":[]}');
};
