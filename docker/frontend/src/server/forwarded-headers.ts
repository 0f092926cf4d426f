import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/**
 * Sets the X-Forwarded-* headers of every incoming request before a handler reads them. This uses
 * Node's diagnostics channel because the client's address is a property of the connection, which
 * Next.js does not pass to its handlers.
 */
export function setForwardedHeadersOnRequests(): void {
  subscribe("http.server.request.start", (message) => {
    setForwardedHeaders((message as { readonly request: IncomingMessage }).request);
  });
}

/** Addresses sent by the client stay in front: the API counts trusted proxies from the end. */
function setForwardedHeaders({ headers, socket }: IncomingMessage): void {
  const address = socket.remoteAddress?.replace(/^::ffff:/, "");
  const received = headers["x-forwarded-for"];
  headers["x-forwarded-for"] = [received, address].filter((part) => part !== undefined).join(", ");
  headers["x-forwarded-host"] = headers.host;
  headers["x-forwarded-proto"] = "http";
}
