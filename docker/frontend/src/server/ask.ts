import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { BackendError, send } from "./backend.ts";
import type { Settings } from "./settings.ts";

/** A request to the API, before it is known where the API is. */
export interface Question {
  readonly method: string;
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Uint8Array | undefined;
  /** Ends the request, and the answer while it comes. */
  readonly signal: AbortSignal;
}

/** How long to wait before each further try: a pod that went away is off the list by then. */
const PAUSES_MS = [100, 300];

/** The methods that change nothing, and so can be asked twice. */
const SAFE = new Set(["GET", "HEAD"]);

/**
 * Asks the API, and once more where that can do no harm. Throws a BackendError when there is no answer.
 *
 * While backend pods are replaced, connections break. What can be tried again without doing a
 * thing twice, is: a request that only reads, once, after any failure of its connection; and each
 * request whose connection could not be made at all. For this to be knowable, requests that change
 * something never travel on a connection that was used before: one that the other side has just
 * closed looks the same as one that broke after the request was carried out.
 */
export async function ask(
  question: Question,
  { backendUrl, backendTimeoutMs }: Pick<Settings, "backendUrl" | "backendTimeoutMs">,
): Promise<IncomingMessage> {
  const { method, path, search, headers, body, signal } = question;
  const deadline = Date.now() + backendTimeoutMs;
  const url = new URL(backendUrl);
  url.pathname = backendUrl.pathname.replace(/\/$/, "") + path;
  url.search = search;
  const safe = SAFE.has(method);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send({
        url,
        method,
        headers,
        body,
        // A second try takes a new connection: the kept ones may all have broken together.
        reuse: safe && attempt === 0,
        timeoutMs: Math.max(1, deadline - Date.now()),
        signal,
      });
    } catch (error) {
      const pause = PAUSES_MS[attempt];
      const again =
        error instanceof BackendError &&
        (!error.sent || (safe && attempt === 0 && error.kind === "unreachable"));
      const left = deadline - Date.now();
      if (!again || pause === undefined || pause >= left || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
