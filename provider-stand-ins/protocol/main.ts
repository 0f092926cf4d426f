/** The life of a plugin's process: announce a port, serve, and go when the engine goes. */
import { fstatSync } from "node:fs";
import * as grpc from "@grpc/grpc-js";
import type { Provider } from "./provider";
import { ProviderServer } from "./server";

/** Serves the provider on a free port of the loopback interface; returns the port and a way to stop. */
export async function serve(
  provider: Provider,
  engineAddress?: string,
): Promise<{ port: number; stop: () => void }> {
  // State of a large resource can pass grpc's default limit of 4 MB.
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  const plugin = new ProviderServer(provider);
  if (engineAddress !== undefined) plugin.connect(engineAddress);
  const { definition, methods } = plugin.service();
  server.addService(definition, methods);
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

/** Runs a plugin as the engine starts it: its last argument is the engine's address. */
export function main(provider: Provider): void {
  const address = process.argv.slice(2).findLast((argument) => !argument.startsWith("-"));
  const leave = (): void => {
    provider.close?.();
    process.exit(0);
  };
  process.on("SIGTERM", leave);
  process.on("SIGINT", leave);
  leaveWithParent(leave);
  serve(provider, address).then(
    ({ port }) => {
      process.stdout.write(`${port}\n`);
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}

/** The engine holds the other end of standard input: it closes when the engine ends, however it does. */
function leaveWithParent(leave: () => void): void {
  const input = fstatSync(0);
  // Started by hand from a terminal or with no input at all there is nobody to outlive.
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin.on("end", leave);
  process.stdin.on("error", leave);
  process.stdin.resume();
}
