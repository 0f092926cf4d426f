import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/**
 * Does to connections what a Kubernetes Service does: each new one goes to one of the endpoints
 * of the moment, and stays with it whatever becomes of the list.
 */
export class Service {
  endpoints: number[] = [];
  #next = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer({ allowHalfOpen: true }, (near) => {
      const port = this.endpoints[(this.#next += 1) % this.endpoints.length];
      if (port === undefined) {
        near.resetAndDestroy();
        return;
      }
      const far = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        from.setNoDelay(true);
        from.pipe(to);
        from.on("error", () => to.resetAndDestroy());
        from.on("close", () => this.#sockets.delete(from));
      }
    });
  }

  /** Opens a service with these endpoints. */
  static async open(endpoints: number[]): Promise<Service> {
    const service = new Service();
    service.endpoints = endpoints;
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
