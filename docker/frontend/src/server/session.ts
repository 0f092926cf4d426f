import { json } from "node:stream/consumers";
import type { Session, User } from "../lib/session.ts";
import { ask } from "./ask.ts";
import { requestHeaders } from "./headers.ts";
import type { Settings } from "./settings.ts";

/** The cookie of Better Auth; the prefix is there where the page is served by https. */
const COOKIE = /(?:^|;\s*)(?:__Secure-)?better-auth\.session_token=/;

/** How long a page waits to learn who asks for it, in milliseconds. It can find out later too. */
const PATIENCE_MS = 3000;

/**
 * Who asks for a page, by the cookie that came with it. Never throws: when the API doesn't say, the
 * answer is "unknown". Without a cookie the API isn't asked at all.
 */
export async function readSession(
  headers: Headers,
  { backendUrl }: Pick<Settings, "backendUrl">,
): Promise<Session> {
  if (!COOKIE.test(headers.get("cookie") ?? "")) return { state: "out" };
  const { cookie, ...rest } = requestHeaders(headers);
  const forwarded = Object.entries(rest).filter(([name]) => /^x-(forwarded|request)-/.test(name));
  try {
    const answer = await ask(
      {
        method: "GET",
        path: "/api/me",
        search: "",
        headers: { cookie, accept: "application/json", ...Object.fromEntries(forwarded) },
        body: undefined,
        signal: AbortSignal.timeout(PATIENCE_MS),
      },
      { backendUrl, backendTimeoutMs: PATIENCE_MS },
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
