import http, { type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import https from "node:https";

/** Why the API gave no answer. */
export class BackendError extends Error {
  override readonly name = "BackendError";

  constructor(
    readonly kind: "unreachable" | "timeout",
    /** True when the API may have got the request, so that it may have been carried out. */
    readonly sent: boolean,
    cause?: unknown,
  ) {
    super(cause instanceof Error && cause.message !== "" ? cause.message : kind, { cause });
  }
}

/** One request to the API. */
export interface BackendRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Uint8Array | undefined;
  /** Take a connection that is open already. One that is can turn out to be dead. */
  readonly reuse: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** How long to wait for a TCP connection: inside a cluster it takes a millisecond or never comes. */
export const CONNECT_TIMEOUT_MS = 2000;

/** How long the API may be silent in the middle of an answer. */
const SILENCE_MS = 60_000;

/**
 * How long an unused connection is kept. It is shorter than the seconds for which a backend that
 * is going away answers with `Connection: close`: by the end of them each connection was either
 * used, and so told to close, or left by us. None is open when that backend stops listening.
 */
export const IDLE_MS = 2000;

const agents = {
  "http:": new http.Agent({ keepAlive: true, timeout: IDLE_MS, maxFreeSockets: 64 }),
  "https:": new https.Agent({ keepAlive: true, timeout: IDLE_MS, maxFreeSockets: 64 }),
};

/** Sends a request to the API and returns its answer as soon as the headers are there. */
export function send(options: BackendRequest): Promise<IncomingMessage> {
  const { url, method, headers, body, reuse, timeoutMs, signal } = options;
  const protocol = url.protocol === "https:" ? "https:" : "http:";
  const library = protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const request = library.request(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-length": body.byteLength }) },
      agent: reuse ? agents[protocol] : false,
      signal,
    });

    let sent = false;
    const fail = (kind: "unreachable" | "timeout", cause?: unknown): void => {
      reject(new BackendError(kind, sent, cause));
      request.destroy();
    };
    const connectTimer = setTimeout(
      () => {
        fail("timeout", new Error(`no connection within ${CONNECT_TIMEOUT_MS} ms`));
      },
      Math.min(CONNECT_TIMEOUT_MS, timeoutMs),
    );
    const answerTimer = setTimeout(() => {
      fail("timeout", new Error(`no answer within ${timeoutMs} ms`));
    }, timeoutMs);
    const connected = (): void => {
      sent = true;
      clearTimeout(connectTimer);
    };
    const settled = (): void => {
      clearTimeout(connectTimer);
      clearTimeout(answerTimer);
    };

    request.on("socket", (socket) => {
      if (socket.connecting) socket.once("connect", connected);
      else connected();
    });
    request.on("error", (error) => {
      settled();
      fail("unreachable", error);
    });
    request.on("response", (response) => {
      settled();
      request.setTimeout(SILENCE_MS, () => {
        request.destroy(new Error(`the API was silent for ${SILENCE_MS} ms`));
      });
      resolve(response);
    });
    request.end(body);
  });
}
