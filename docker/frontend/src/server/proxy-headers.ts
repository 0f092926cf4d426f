import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

/** Headers that apply to a single connection and are not forwarded (RFC 9110, section 7.6.1). */
const HOP_BY_HOP_HEADERS = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Request headers that the proxy sets itself or drops. */
const replacedHeaders = new Set([
  "host",
  "content-length",
  "expect",
  "forwarded",
  "x-forwarded-host",
]);

/** Returns the names of further hop-by-hop headers, which a Connection header lists. */
function connectionOptions(connection: string | null | undefined): Set<string> {
  return new Set((connection ?? "").split(",").map((name) => name.trim().toLowerCase()));
}

/**
 * Returns the headers of a browser's request for the API. The API trusts X-Forwarded-Host, so it is
 * set to the Host of the request; X-Forwarded-For was completed before (forwarded-headers.ts).
 */
export function toBackendHeaders(headers: Headers): OutgoingHttpHeaders {
  const listed = connectionOptions(headers.get("connection"));
  const result: OutgoingHttpHeaders = {};
  headers.forEach((value, name) => {
    if (HOP_BY_HOP_HEADERS.has(name) || replacedHeaders.has(name) || listed.has(name)) return;
    result[name] = value;
  });
  const host = headers.get("host");
  if (host !== null) result["x-forwarded-host"] = host;
  return result;
}

/** Returns the headers of an API answer for the browser; they always include Cache-Control. */
export function toBrowserHeaders(headers: IncomingHttpHeaders): Headers {
  const listed = connectionOptions(headers.connection);
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || HOP_BY_HOP_HEADERS.has(name) || listed.has(name)) continue;
    // Node combines several Set-Cookie headers into an array.
    for (const one of Array.isArray(value) ? value : [value]) result.append(name, one);
  }
  if (result.get("content-type")?.startsWith("text/event-stream") === true) {
    // Compression, here or in another proxy, would buffer the events.
    result.set("cache-control", "no-store, no-transform");
    result.set("x-accel-buffering", "no");
  } else if (!result.has("cache-control")) {
    result.set("cache-control", "no-store");
  }
  return result;
}
