import { json } from "node:stream/consumers";
import type { Session, User } from "../features/account/session.ts";
import { requestBackend } from "./backend-request.ts";
import type { ServerEnvironment } from "./environment.ts";
import { toBackendHeaders } from "./proxy-headers.ts";

/** Matches Better Auth's session cookie. The prefix is present when the page is served over HTTPS. */
const sessionCookie = /(?:^|;\s*)(?:__Secure-)?better-auth\.session_token=/;

/** Maximum time that rendering the page waits for the session, in milliseconds. */
const SESSION_TIMEOUT_MS = 3000;

/**
 * Reads the session of a page request from its cookie. Never throws: the result is "unknown" when the
 * API does not answer as expected, and the browser asks again. Without a session cookie, no request
 * is sent to the API.
 */
export async function readSession(
  headers: Headers,
  { backendUrl }: Pick<ServerEnvironment, "backendUrl">,
): Promise<Session> {
  if (!sessionCookie.test(headers.get("cookie") ?? "")) return { state: "out" };
  const { cookie, ...rest } = toBackendHeaders(headers);
  const forwarded = Object.entries(rest).filter(([name]) => /^x-(forwarded|request)-/.test(name));
  try {
    const answer = await requestBackend(
      {
        method: "GET",
        path: "/api/me",
        search: "",
        headers: { cookie, accept: "application/json", ...Object.fromEntries(forwarded) },
        body: undefined,
        signal: AbortSignal.timeout(SESSION_TIMEOUT_MS),
      },
      { backendUrl, backendTimeoutMs: SESSION_TIMEOUT_MS },
    );
    if (answer.statusCode === 200) {
      const { user } = (await json(answer)) as { user: User };
      return { state: "in", user: { id: user.id, name: user.name, email: user.email } };
    }
    answer.resume();
    return answer.statusCode === 401 ? { state: "out" } : { state: "unknown" };
  } catch {
    return { state: "unknown" };
  }
}
