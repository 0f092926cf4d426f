import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { BackendError, send } from "./backend.ts";
import { BodyError, readBody } from "./body.ts";
import { requestHeaders, responseHeaders } from "./headers.ts";
import { problem } from "./problem.ts";
import type { Settings } from "./settings.ts";

/** The part of the API that browsers get to. */
const PREFIX = "/api/tasks";

/** How long to wait before each further try: a pod that went away is off the list by then. */
const PAUSES_MS = [100, 300];

/** The methods that change nothing, and so can be asked twice. */
const SAFE = new Set(["GET", "HEAD"]);

/**
 * Hands a request on to the API and its answer back, as a stream.
 *
 * While backend pods are replaced, connections break. What can be tried again without doing a
 * thing twice, is: a request that only reads, once, after any failure of its connection; and each
 * request whose connection could not be made at all. For this to be knowable, requests that change
 * something never travel on a connection that was used before: one that the other side has just
 * closed looks the same as one that broke after the request was carried out.
 */
export async function proxy(
  request: Request,
  settings: Pick<Settings, "backendUrl" | "backendTimeoutMs">,
): Promise<Response> {
  // Next.js matched the path before its dots were resolved, so that is checked here once more.
  const { pathname } = new URL(request.url);
  if (pathname !== PREFIX && !pathname.startsWith(`${PREFIX}/`)) {
    return problem(request, 404, `There is no ${pathname}.`);
  }
  try {
    const body = await readBody(request);
    return toResponse(request.method, await ask(request, body, settings));
  } catch (error) {
    if (error instanceof BodyError) return problem(request, error.status, error.message);
    if (!(error instanceof BackendError)) throw error;
    // One line of JSON, as the API's own log has; neither the address nor the body is in it.
    const { kind, sent, message: reason } = error;
    const facts = { method: request.method, kind, sent, reason };
    console.warn(JSON.stringify({ level: "warn", msg: "no answer from the API", ...facts }));
    return kind === "timeout"
      ? problem(request, 504, "The API did not answer in time.")
      : problem(request, 502, "The API can't be reached. Try again shortly.");
  }
}

async function ask(
  request: Request,
  body: Uint8Array | undefined,
  { backendUrl, backendTimeoutMs }: Pick<Settings, "backendUrl" | "backendTimeoutMs">,
): Promise<IncomingMessage> {
  const deadline = Date.now() + backendTimeoutMs;
  const { pathname, search } = new URL(request.url);
  const url = new URL(backendUrl);
  url.pathname = backendUrl.pathname.replace(/\/$/, "") + pathname;
  url.search = search;
  const safe = SAFE.has(request.method);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send({
        url,
        method: request.method,
        headers: requestHeaders(request.headers),
        body,
        // A second try takes a new connection: the kept ones may all have broken together.
        reuse: safe && attempt === 0,
        timeoutMs: Math.max(1, deadline - Date.now()),
        signal: request.signal,
      });
    } catch (error) {
      const pause = PAUSES_MS[attempt];
      const again =
        error instanceof BackendError &&
        (!error.sent || (safe && attempt === 0 && error.kind === "unreachable"));
      const left = deadline - Date.now();
      if (!again || pause === undefined || pause >= left || request.signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

function toResponse(method: string, answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 502;
  const headers = responseHeaders(answer.headers);
  if (method === "HEAD" || status === 204 || status === 304) {
    answer.resume();
    return new Response(null, { status, headers });
  }
  return new Response(Readable.toWeb(answer) as ReadableStream, { status, headers });
}
