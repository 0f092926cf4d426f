import type * as grpc from "@grpc/grpc-js";
import { Engine } from "../engine-log";
import type { Provider } from "../provider";
import { configurationMethods } from "./configuration-methods";
import { pluginMethods } from "./plugin-methods";
import { resourceMethods } from "./resource-methods";

/** The gRPC service `ResourceProvider` of one provider. */
export class ProviderServer {
  readonly #engine = new Engine();
  readonly #cancellation = new AbortController();
  readonly #provider: Provider;

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  /** Sets the engine's address; the engine's handshake does so too. */
  connect(address: string): void {
    this.#engine.connect(address);
  }

  /** Returns the methods for `grpc.Server.addService`. */
  methods(): grpc.UntypedServiceImplementation {
    const provider = this.#provider;
    const engine = this.#engine;
    return {
      ...pluginMethods(provider, engine, this.#cancellation),
      ...configurationMethods(provider, engine),
      ...resourceMethods(provider, engine, this.#cancellation.signal),
    };
  }
}
