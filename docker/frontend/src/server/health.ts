import { isDraining } from "./drain.ts";

/** The name by which this service calls itself. */
export const SERVICE = "todo-chatbot-web";

const headers = { "cache-control": "no-store" };

/** The server answers, so it lives. Nothing else is asked: a restart would mend nothing else. */
export function health(version: string): Response {
  const body = { status: "ok", service: SERVICE, version };
  return Response.json(body, { headers });
}

/**
 * Whether new clients should be sent here: yes, unless the server is going away. The API's state
 * is left out on purpose: the page can say that the API is away, and no page at all can't.
 */
export function ready(): Response {
  return isDraining()
    ? Response.json({ status: "not_ready", reason: "draining" }, { status: 503, headers })
    : Response.json({ status: "ready" }, { headers });
}
