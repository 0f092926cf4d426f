import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/**
 * Forwards TCP connections like a Kubernetes Service: a new connection goes to one of the current
 * endpoints and stays there when the list changes.
 */
export class FakeService {
  /** The ports that new connections go to, in turn. */
  endpoints: number[];
  #next = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(endpoints: number[]) {
    this.endpoints = endpoints;
    this.#server = createServer({ allowHalfOpen: true }, (client) => {
      const port = this.endpoints[(this.#next += 1) % this.endpoints.length];
      if (port === undefined) {
        client.resetAndDestroy();
        return;
      }
      const endpoint = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
      for (const [from, to] of [
        [client, endpoint],
        [endpoint, client],
      ] as const) {
        this.#sockets.add(from);
        from.setNoDelay(true);
        from.pipe(to);
        from.on("error", () => to.resetAndDestroy());
        from.on("close", () => this.#sockets.delete(from));
      }
    });
  }

  /** Starts a service with these endpoints on a free port. */
  static async open(endpoints: number[]): Promise<FakeService> {
    const service = new FakeService(endpoints);
    service.#server.listen(0, "127.0.0.1");
    await once(service.#server, "listening");
    return service;
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
