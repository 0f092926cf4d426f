import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { BackendError, sendRequest } from "./backend-connection.ts";
import type { ServerEnvironment } from "./environment.ts";

/** A request to the API, relative to BACKEND_URL. */
export interface BackendRequest {
  readonly method: string;
  readonly path: string;
  /** The query string with its question mark, or "". */
  readonly search: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Uint8Array | undefined;
  /** Aborts the request, and the answer while it streams. */
  readonly signal: AbortSignal;
}

/** Pause before each retry, in milliseconds: enough for a Service to drop a terminated pod. */
const retryPausesMs = [100, 300];

const readMethods = new Set(["GET", "HEAD"]);

/**
 * Sends a request to the API, with retries where they are safe, and returns the answer once its
 * headers have arrived. Throws a BackendError when there is no answer.
 *
 * Connections break while backend pods are replaced. A request that only reads is retried once after
 * any connection failure. Any request is retried when its connection could not be set up. To make
 * that distinction reliable, requests that write never use a pooled connection: one that the backend
 * has just closed looks the same as one that broke after the request was carried out.
 */
export async function requestBackend(
  { method, path, search, headers, body, signal }: BackendRequest,
  { backendUrl, backendTimeoutMs }: Pick<ServerEnvironment, "backendUrl" | "backendTimeoutMs">,
): Promise<IncomingMessage> {
  const deadline = Date.now() + backendTimeoutMs;
  const url = new URL(backendUrl);
  url.pathname = backendUrl.pathname.replace(/\/$/, "") + path;
  url.search = search;
  const readsOnly = readMethods.has(method);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await sendRequest({
        url,
        method,
        headers,
        body,
        // A retry uses a new connection: all pooled ones may have broken together.
        reuseConnection: readsOnly && attempt === 0,
        timeoutMs: Math.max(1, deadline - Date.now()),
        signal,
      });
    } catch (error) {
      const pause = retryPausesMs[attempt];
      const isRetryable =
        error instanceof BackendError &&
        (!error.sent || (readsOnly && attempt === 0 && error.kind === "unreachable"));
      const remainingMs = deadline - Date.now();
      if (!isRetryable || pause === undefined || pause >= remainingMs || signal.aborted) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
