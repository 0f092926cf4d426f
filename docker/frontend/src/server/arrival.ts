import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/**
 * Completes the headers that say where a request comes from, before anybody reads them. The address of
 * the other end is known to the connection alone, and Next.js shows its handlers no connection.
 */
export function noteArrivals(): void {
  subscribe("http.server.request.start", (message) => {
    complete((message as { readonly request: IncomingMessage }).request);
  });
}

/** What the client wrote itself stays in front: only as many addresses as there are proxies count. */
function complete({ headers, socket }: IncomingMessage): void {
  const address = socket.remoteAddress?.replace(/^::ffff:/, "");
  const before = headers["x-forwarded-for"];
  headers["x-forwarded-for"] = [before, address].filter((part) => part !== undefined).join(", ");
  headers["x-forwarded-host"] = headers.host;
  headers["x-forwarded-proto"] = "http";
}
