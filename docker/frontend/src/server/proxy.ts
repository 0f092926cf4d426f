import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { ask } from "./ask.ts";
import { BackendError } from "./backend.ts";
import { BodyError, readBody } from "./body.ts";
import { requestHeaders, responseHeaders } from "./headers.ts";
import { problem } from "./problem.ts";
import type { Settings } from "./settings.ts";

/** The parts of the API that browsers get to. Its metrics and probes are not among them. */
const PREFIXES = ["/api/auth", "/api/chat", "/api/me", "/api/tasks", "/api/token"];

/**
 * Hands a request on to the API and its answer back, as a stream. BACKEND_TIMEOUT_MS is for the
 * beginning of the answer; once begun it may take any time, as long as it isn't silent. When the
 * browser leaves, the request to the API ends too.
 */
export async function proxy(
  request: Request,
  settings: Pick<Settings, "backendUrl" | "backendTimeoutMs">,
): Promise<Response> {
  // Next.js matched the path before its dots were resolved, so that is checked here once more.
  const { pathname, search } = new URL(request.url);
  if (!PREFIXES.some((prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`))) {
    return problem(request, 404, `There is no ${pathname}.`);
  }
  const { method, signal } = request;
  try {
    const body = await readBody(request);
    const headers = requestHeaders(request.headers);
    const question = { method, path: pathname, search, headers, body, signal };
    return toResponse(method, await ask(question, settings));
  } catch (error) {
    if (error instanceof BodyError) return problem(request, error.status, error.message);
    if (!(error instanceof BackendError)) throw error;
    // One line of JSON, as the API's own log has; neither the address nor the body is in it.
    const { kind, sent, message: reason } = error;
    console.warn(
      JSON.stringify({ level: "warn", msg: "no answer from the API", method, kind, sent, reason }),
    );
    return kind === "timeout"
      ? problem(request, 504, "The API did not answer in time.")
      : problem(request, 502, "The API can't be reached. Try again shortly.");
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
