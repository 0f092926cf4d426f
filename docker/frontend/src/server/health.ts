import { isDraining } from "./graceful-shutdown.ts";

const headers = { "cache-control": "no-store" };

/**
 * Answers the startup and liveness probes. A server that answers is healthy: no dependency is
 * checked, because restarting this server would not repair one.
 */
export function healthResponse(version: string): Response {
  const body = { status: "ok", service: "todo-chatbot-web", version };
  return Response.json(body, { headers });
}

/**
 * Answers the readiness probe: 200, or 503 while the server drains. The API is not checked: without
 * it this server can still serve the page, which then says that the API is unavailable.
 */
export function readinessResponse(): Response {
  return isDraining()
    ? Response.json({ status: "not_ready", reason: "draining" }, { status: 503, headers })
    : Response.json({ status: "ready" }, { headers });
}
