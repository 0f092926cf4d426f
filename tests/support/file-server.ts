import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP server on loopback that answers each path with a file or a status, and any other with 404. */
export class FileServer {
  /** Contents or status by path. */
  readonly files = new Map<string, Buffer | number>();
  /** Paths that redirect, with where to. */
  readonly redirects = new Map<string, string>();
  readonly #server: Server = createServer((request, response) => {
    const location = this.redirects.get(request.url ?? "");
    if (location !== undefined) {
      response.writeHead(307, { location }).end();
      return;
    }
    const found = this.files.get(request.url ?? "") ?? 404;
    response.statusCode = typeof found === "number" ? found : 200;
    response.end(typeof found === "number" ? "" : found);
  });

  /** Starts listening on a free port. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(0, "127.0.0.1", resolve);
    });
  }

  /** Such as `http://127.0.0.1:40000`. */
  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
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
