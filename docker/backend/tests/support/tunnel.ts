import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A TCP proxy that can drop all data, as a broken network does. */
export class Tunnel {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #dropping = false;

  constructor(target: number) {
    this.#server = createServer((near) => {
      const far = connect(target, "127.0.0.1");
      this.#pass(near, far);
      this.#pass(far, near);
    });
  }

  /** Opens a tunnel to a local port. */
  static async open(target: number): Promise<Tunnel> {
    const tunnel = new Tunnel(target);
    tunnel.#server.listen(0, "127.0.0.1");
    await once(tunnel.#server, "listening");
    return tunnel;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #pass(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on("data", (chunk) => {
      if (!this.#dropping) to.write(chunk);
    });
    from.on("error", () => undefined);
    from.on("close", () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }

  /** Drops all data from now on, in both directions. New connections are still accepted. */
  dropAll(): void {
    this.#dropping = true;
  }

  /** Forwards new connections again, and cuts the old ones, which have lost data. */
  restore(): void {
    this.#dropping = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
