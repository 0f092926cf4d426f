import http, { type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import https from "node:https";

/** Error thrown when the API did not answer a request. */
export class BackendError extends Error {
  override readonly name = "BackendError";

  constructor(
    /** "timeout": no connection or no answer in time; "unreachable": the connection failed. */
    readonly kind: "unreachable" | "timeout",
    /** True when the API may have received the request, and so may have carried it out. */
    readonly sent: boolean,
    cause?: unknown,
  ) {
    super(cause instanceof Error && cause.message !== "" ? cause.message : kind, { cause });
  }
}

/** The parameters of one HTTP request to the API. */
export interface ConnectionRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Uint8Array | undefined;
  /** Whether to use a pooled connection. A pooled connection can turn out to be closed. */
  readonly reuseConnection: boolean;
  /** Time until the headers of the answer must have arrived, in milliseconds. */
  readonly timeoutMs: number;
  /** Aborts the request, and the answer while it streams. */
  readonly signal: AbortSignal;
}

/** Timeout of a TCP connection. Inside a cluster, one is set up within a millisecond or never. */
const CONNECT_TIMEOUT_MS = 2000;

/** Maximum time between two chunks of an answer. */
const ANSWER_IDLE_TIMEOUT_MS = 60_000;

/**
 * How long the pool keeps an unused connection, in milliseconds.
 *
 * This must be shorter than the backend's DRAIN_SECONDS, during which a terminating backend answers
 * with `Connection: close`. By the end of the drain, each connection was either used, and so closed
 * by that header, or dropped from the pool. None is open when the backend stops listening.
 */
export const POOLED_CONNECTION_TIMEOUT_MS = 2000;

const agentOptions = { keepAlive: true, timeout: POOLED_CONNECTION_TIMEOUT_MS, maxFreeSockets: 64 };

const agents = {
  "http:": new http.Agent(agentOptions),
  "https:": new https.Agent(agentOptions),
};

/**
 * Sends one request to the API, without retries, and returns the answer once its headers have
 * arrived. Rejects with a BackendError when there is no answer.
 */
export function sendRequest(options: ConnectionRequest): Promise<IncomingMessage> {
  const { url, method, headers, body, reuseConnection, timeoutMs, signal } = options;
  const protocol = url.protocol === "https:" ? "https:" : "http:";
  const library = protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const request = library.request(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-length": body.byteLength }) },
      agent: reuseConnection ? agents[protocol] : false,
      signal,
    });

    let sent = false;
    const fail = (kind: BackendError["kind"], cause?: unknown): void => {
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
    const onConnected = (): void => {
      sent = true;
      clearTimeout(connectTimer);
    };
    const clearTimers = (): void => {
      clearTimeout(connectTimer);
      clearTimeout(answerTimer);
    };

    request.on("socket", (socket) => {
      if (socket.connecting) socket.once("connect", onConnected);
      else onConnected();
    });
    request.on("error", (error) => {
      clearTimers();
      fail("unreachable", error);
    });
    request.on("response", (response) => {
      clearTimers();
      request.setTimeout(ANSWER_IDLE_TIMEOUT_MS, () => {
        request.destroy(new Error(`the API sent nothing for ${ANSWER_IDLE_TIMEOUT_MS} ms`));
      });
      resolve(response);
    });
    request.end(body);
  });
}
