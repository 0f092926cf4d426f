import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A way to a TCP server that can swallow everything, as a broken network does. */
export class Tunnel {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #swallow = false;

  private constructor(target: number) {
    this.#server = createServer((near) => {
      const far = connect(target, "127.0.0.1");
      this.#pass(near, far);
      this.#pass(far, near);
    });
  }

  /** Opens a tunnel to a port of this machine. */
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
      if (!this.#swallow) to.write(chunk);
    });
    from.on("error", () => undefined);
    from.on("close", () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }

  /** From now on nothing gets through, in either direction; connections are still accepted. */
  swallow(): void {
    this.#swallow = true;
  }

  /** Lets new connections through; what was open is as good as lost and is cut. */
  heal(): void {
    this.#swallow = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
