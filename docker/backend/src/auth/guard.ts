import type { FastifyInstance, FastifyRequest } from "fastify";
import { HttpError } from "../http/problem.ts";
import type { Auth } from "./auth.ts";
import { noticingOutages } from "./connections.ts";
import type { Tokens } from "./tokens.ts";

/** Who sent a request, and how that is known. */
export interface Caller {
  readonly userId: string;
  readonly by: "session" | "token";
}

declare module "fastify" {
  interface FastifyRequest {
    /** Undefined on routes that are open to everybody; see `callerOf`. */
    caller: Caller | undefined;
  }
  interface FastifyContextConfig {
    /** Open to everybody. Every other route needs a user. */
    readonly open?: boolean;
  }
}

/** Lets nobody in without a session or a token, except on routes that are marked as open. */
export function guard(app: FastifyInstance, auth: Auth, tokens: Tokens): void {
  app.decorateRequest("caller", undefined);
  app.addHook("onRequest", async (request, reply) => {
    if (request.is404 || request.routeOptions.config.open === true) return;
    request.caller = await identify(request, auth, tokens);
    if (request.caller !== undefined) return;
    void reply.header("www-authenticate", "Bearer");
    throw new HttpError(401, "Sign in first: there is no session or token, or it has ended.");
  });
}

/** The user of a request behind the guard. */
export function callerOf(request: FastifyRequest): Caller {
  const { caller } = request;
  if (caller === undefined) throw new Error("a route that is open to everybody asks for a user");
  return caller;
}

async function identify(
  { headers }: FastifyRequest,
  auth: Auth,
  tokens: Tokens,
): Promise<Caller | undefined> {
  // A token counts alone: a wrong one isn't made good by a cookie that is there as well.
  if (headers.authorization !== undefined) {
    const token = /^Bearer ([\w.-]{1,2000})$/i.exec(headers.authorization)?.[1];
    const userId = token === undefined ? undefined : tokens.user(token);
    return userId === undefined ? undefined : { userId, by: "token" };
  }
  const { cookie } = headers;
  if (cookie === undefined) return undefined;
  // Not the place to prolong a session: the cookie would have to go out with the answer.
  const query = { disableRefresh: true };
  const found = await noticingOutages(() =>
    auth.api.getSession({ headers: new Headers({ cookie }), query }),
  );
  return found === null ? undefined : { userId: found.user.id, by: "session" };
}
