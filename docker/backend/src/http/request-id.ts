import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

const SAFE = /^[\w.:-]{1,100}$/;

/** The caller's x-request-id, when it is fit for a log line, or else a new one. */
export function requestId(request: Pick<IncomingMessage, "headers">): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && SAFE.test(given) ? given : randomUUID();
}
