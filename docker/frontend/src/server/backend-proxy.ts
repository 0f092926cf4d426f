import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { BackendError } from "./backend-connection.ts";
import { requestBackend } from "./backend-request.ts";
import type { ServerEnvironment } from "./environment.ts";
import { problemResponse } from "./problem-response.ts";
import { toBackendHeaders, toBrowserHeaders } from "./proxy-headers.ts";
import { readRequestBody, RequestBodyError } from "./request-body.ts";

/** The API paths that browsers may use. Metrics, documentation and probes are not among them. */
const allowedPaths = ["/api/auth", "/api/chat", "/api/me", "/api/tasks", "/api/token"];

/**
 * Forwards a browser's request to the API and streams the answer back. BACKEND_TIMEOUT_MS limits the
 * time until the answer begins; after that it may take any time, as long as data keeps coming. When
 * the browser disconnects, the request to the API is aborted.
 *
 * Answers with problem details itself: 404 for other paths, 400 or 413 for a body that can't be
 * forwarded, 502 or 504 when the API does not answer.
 */
export async function proxyToBackend(
  request: Request,
  environment: Pick<ServerEnvironment, "backendUrl" | "backendTimeoutMs">,
): Promise<Response> {
  // Next.js matches the route before dot segments are resolved, so the path is checked again here.
  const { pathname, search } = new URL(request.url);
  if (!allowedPaths.some((path) => pathname === path || pathname.startsWith(`${path}/`))) {
    return problemResponse(request, 404, `There is no ${pathname}.`);
  }
  const { method, signal } = request;
  try {
    const body = await readRequestBody(request);
    const headers = toBackendHeaders(request.headers);
    const answer = await requestBackend(
      { method, path: pathname, search, headers, body, signal },
      environment,
    );
    return toResponse(method, answer);
  } catch (error) {
    if (error instanceof RequestBodyError) {
      return problemResponse(request, error.status, error.message);
    }
    if (!(error instanceof BackendError)) throw error;
    // One line of JSON, like the API's own log. It contains neither the URL nor the body.
    const { kind, sent, message: reason } = error;
    console.warn(
      JSON.stringify({ level: "warn", msg: "no answer from the API", method, kind, sent, reason }),
    );
    return kind === "timeout"
      ? problemResponse(request, 504, "The API did not answer in time.")
      : problemResponse(request, 502, "The API can't be reached. Try again shortly.");
  }
}

function toResponse(method: string, answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 502;
  const headers = toBrowserHeaders(answer.headers);
  if (method === "HEAD" || status === 204 || status === 304) {
    answer.resume();
    return new Response(null, { status, headers });
  }
  return new Response(Readable.toWeb(answer) as ReadableStream, { status, headers });
}
