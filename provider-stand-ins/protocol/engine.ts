/** Messages to the engine, which shows them beside the resource that they are about. */
import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** How a plugin talks to the user while it works. */
export interface EngineLog {
  /** Shown while the resource is worked on, and forgotten afterwards. */
  status(message: string): void;
  /** Kept in the list of messages under the progress display. */
  info(message: string): void;
  warning(message: string): void;
}

/** The connection to the engine; messages before an address is known are dropped. */
export class Engine {
  private client: EngineClient | undefined;
  private queue: Promise<void> = Promise.resolve();

  /** Opens the connection. */
  connect(address: string): void {
    this.client?.close();
    this.client = new EngineClient(address, grpc.credentials.createInsecure());
  }

  /** The log of one resource. */
  logFor(urn: string): EngineLog {
    return {
      status: (message) => {
        this.send(LogSeverity.INFO, urn, message, true);
      },
      info: (message) => {
        this.send(LogSeverity.INFO, urn, message, false);
      },
      warning: (message) => {
        this.send(LogSeverity.WARNING, urn, message, false);
      },
    };
  }

  /** Waits until all messages so far have been delivered, so that none overtakes an answer. */
  async flush(): Promise<void> {
    await this.queue;
  }

  private send(severity: LogSeverity, urn: string, message: string, ephemeral: boolean): void {
    const client = this.client;
    if (client === undefined) return;
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setUrn(urn);
    request.setMessage(message);
    request.setEphemeral(ephemeral);
    this.queue = this.queue.then(
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
