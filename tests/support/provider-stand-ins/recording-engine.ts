import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { ProviderClient } from "./provider-client";

/** An engine that records the messages of a plugin, each as `<kind>: <text>`. */
export class RecordingEngine {
  /** The messages so far: `status` until the operation ends, `info` and `warning` for good. */
  readonly heard: string[] = [];
  readonly #server = new grpc.Server();

  /** Starts the engine, and makes itself known to a plugin as Pulumi's does. */
  async greet(client: ProviderClient): Promise<void> {
    this.#server.addService(EngineService, {
      log: (call: { request: LogRequest }, done: (error: null, value: Empty) => void) => {
        const { request } = call;
        const kept = request.getSeverity() === LogSeverity.WARNING ? "warning" : "info";
        this.heard.push(`${request.getEphemeral() ? "status" : kept}: ${request.getMessage()}`);
        done(null, new Empty());
      },
    });
    const port = await new Promise<number>((resolve) => {
      const insecure = grpc.ServerCredentials.createInsecure();
      this.#server.bindAsync("127.0.0.1:0", insecure, (_, bound) => {
        resolve(bound);
      });
    });
    const handshake = new rpc.ProviderHandshakeRequest().setEngineAddress(`127.0.0.1:${port}`);
    await client.call<rpc.ProviderHandshakeResponse>((done) =>
      client.rpc.handshake(handshake, done),
    );
  }

  /** Ends the engine. */
  close(): void {
    this.#server.forceShutdown();
  }
}
