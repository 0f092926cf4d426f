import { fstatSync } from "node:fs";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { Provider } from "./provider";
import { ProviderServer } from "./server/provider-server";

/** A provider that is being served. */
export interface ServedProvider {
  /** The port on the loopback interface. */
  port: number;
  /** Ends the server and releases what the provider holds. */
  stop: () => void;
}

/**
 * Serves a provider on a free port of the loopback interface.
 *
 * @param engineAddress where the engine takes log messages; undefined until its handshake names it.
 */
export async function serveProvider(
  provider: Provider,
  engineAddress?: string,
): Promise<ServedProvider> {
  // The state of a large resource can exceed grpc's default limit of 4 MB.
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  const plugin = new ProviderServer(provider);
  if (engineAddress !== undefined) plugin.connect(engineAddress);
  server.addService(ResourceProviderService, plugin.methods());
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  const stop = (): void => {
    server.forceShutdown();
    provider.close?.();
  };
  return { port, stop };
}

/**
 * Runs a provider as a plugin of the engine: prints the port to standard output, serves, and exits when the
 * engine does. The engine passes its address as the last argument.
 */
export function runPlugin(provider: Provider): void {
  const address = process.argv.slice(2).findLast((argument) => !argument.startsWith("-"));
  const exit = (): void => {
    provider.close?.();
    process.exit(0);
  };
  process.on("SIGTERM", exit);
  process.on("SIGINT", exit);
  exitWithParent(exit);
  serveProvider(provider, address).then(
    ({ port }) => {
      process.stdout.write(`${port}\n`);
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}

/** Exits when the engine closes its end of standard input, which happens even if the engine is killed. */
function exitWithParent(exit: () => void): void {
  const input = fstatSync(0);
  // Started by hand there is no engine at the other end.
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin.on("end", exit);
  process.stdin.on("error", exit);
  process.stdin.resume();
}
