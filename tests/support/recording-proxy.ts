import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy that records which servers it is asked for, and reaches none of them. */
export class RecordingProxy {
  /** The servers in the order of the requests, such as `127.0.0.1:8443`. */
  readonly asked: string[] = [];
  readonly #server: Server = createServer((request, response) => {
    this.asked.push(URL.parse(request.url ?? "")?.host ?? request.url ?? "");
    response.writeHead(502).end();
  }).on("connect", ({ url }, socket) => {
    this.asked.push(url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });

  /** Starts listening on a free port. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(0, "127.0.0.1", resolve);
    });
  }

  /** The variables of a shell that uses this proxy for everything. */
  get variables(): Record<string, string> {
    const origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    const names = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"];
    return Object.fromEntries(names.map((name) => [name, origin]));
  }

  /** Closes every connection, and stops listening. */
  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }
}
