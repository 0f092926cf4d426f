import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Messages about one resource, which the engine shows to the user. */
export interface EngineLog {
  /** Shows a message next to the resource until its operation ends. */
  status(message: string): void;
  /** Adds a message to the list under the progress display. */
  info(message: string): void;
  /** Adds a warning to the list under the progress display. */
  warning(message: string): void;
}

/** The connection to the engine. It drops messages as long as the engine's address is unknown. */
export class Engine {
  #client: EngineClient | undefined;
  #queue: Promise<void> = Promise.resolve();

  /** Connects to the engine; replaces an earlier connection. */
  connect(address: string): void {
    this.#client?.close();
    this.#client = new EngineClient(address, grpc.credentials.createInsecure());
  }

  /** Returns the log of one resource. An empty URN stands for the provider itself. */
  logFor(urn: string): EngineLog {
    return {
      status: (message) => {
        this.#send(LogSeverity.INFO, urn, message, true);
      },
      info: (message) => {
        this.#send(LogSeverity.INFO, urn, message, false);
      },
      warning: (message) => {
        this.#send(LogSeverity.WARNING, urn, message, false);
      },
    };
  }

  /** Waits until the engine has received all messages so far. */
  async flush(): Promise<void> {
    await this.#queue;
  }

  #send(severity: LogSeverity, urn: string, message: string, ephemeral: boolean): void {
    const client = this.#client;
    if (client === undefined) return;
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setUrn(urn);
    request.setMessage(message);
    request.setEphemeral(ephemeral);
    // One at a time: the engine shows messages in the order in which they arrive.
    this.#queue = this.#queue.then(
      () =>
        new Promise((resolve) => {
          // A lost message is no reason to fail an operation.
          client.log(request, () => {
            resolve();
          });
        }),
    );
  }
}
