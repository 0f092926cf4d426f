import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

/** Headers that speak about one connection and end with it (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
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

/** Set anew for the other side of the proxy, so the browser's own are not handed on. */
const REPLACED = new Set(["host", "content-length", "expect", "forwarded", "x-forwarded-host"]);

/** The names that a Connection header adds to the list. */
function named(connection: string | null | undefined): Set<string> {
  return new Set((connection ?? "").split(",").map((name) => name.trim().toLowerCase()));
}

/**
 * What the API gets to see of the browser's headers. It trusts X-Forwarded-Host to be the address that
 * the browser asked, so that is written here; X-Forwarded-For was completed on arrival (arrival.ts).
 */
export function requestHeaders(headers: Headers): OutgoingHttpHeaders {
  const dropped = named(headers.get("connection"));
  const kept: OutgoingHttpHeaders = {};
  headers.forEach((value, name) => {
    if (!HOP_BY_HOP.has(name) && !REPLACED.has(name) && !dropped.has(name)) kept[name] = value;
  });
  const host = headers.get("host");
  if (host !== null) kept["x-forwarded-host"] = host;
  return kept;
}

/** What the browser gets to see of the API's headers. */
export function responseHeaders(headers: IncomingHttpHeaders): Headers {
  const dropped = named(headers.connection);
  const kept = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || HOP_BY_HOP.has(name) || dropped.has(name)) continue;
    // Each cookie is a header of its own.
    for (const one of Array.isArray(value) ? value : [value]) kept.append(name, one);
  }
  if (kept.get("content-type")?.startsWith("text/event-stream") === true) {
    // Neither this server nor a proxy before it may gather events to compress them.
    kept.set("cache-control", "no-store, no-transform");
    kept.set("x-accel-buffering", "no");
  } else if (!kept.has("cache-control")) {
    kept.set("cache-control", "no-store");
  }
  return kept;
}
