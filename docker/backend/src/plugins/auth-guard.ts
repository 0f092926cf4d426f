import type { FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import type { Auth } from "../auth/auth.ts";
import { throwIfDatabaseUnavailable } from "../auth/outage-detection.ts";
import type { Tokens } from "../auth/tokens.ts";
import { DomainError } from "../errors.ts";

/** The user who sent a request, and how they identified themselves. */
export interface Caller {
  readonly userId: string;
  readonly by: "session" | "token";
}

declare module "fastify" {
  interface FastifyRequest {
    /** Undefined on public routes; see `callerOf`. */
    caller: Caller | undefined;
  }
  interface FastifyContextConfig {
    /** Works without signing in. Every other route needs a user. */
    readonly open?: boolean;
  }
}

/** Answers 401 to requests without a valid session or token, except on public routes. */
export const authGuard = fp(
  (app, _options, done) => {
    const { auth, tokens } = app;
    app.decorateRequest("caller", undefined);
    app.addHook("onRequest", async (request, reply) => {
      if (request.is404 || request.routeOptions.config.open === true) return;
      request.caller = await identify(request, auth, tokens);
      if (request.caller !== undefined) return;
      void reply.header("www-authenticate", "Bearer");
      throw new DomainError(
        "not-signed-in",
        "Sign in first: there is no session or token, or it has ended.",
      );
    });
    done();
  },
  { name: "auth-guard", dependencies: ["auth"] },
);

/** Returns the user who sent a request. Throws on public routes, which is a bug of the route. */
export function callerOf({ caller, routeOptions }: FastifyRequest): Caller {
  if (caller === undefined) throw new Error(`${String(routeOptions.url)} is open but needs a user`);
  return caller;
}

async function identify(
  { headers }: FastifyRequest,
  auth: Auth,
  tokens: Tokens,
): Promise<Caller | undefined> {
  // An invalid token is refused even if there is a valid cookie.
  if (headers.authorization !== undefined) {
    const token = /^Bearer ([\w.-]{1,2000})$/i.exec(headers.authorization)?.[1];
    const userId = token === undefined ? undefined : tokens.verify(token);
    return userId === undefined ? undefined : { userId, by: "token" };
  }
  const { cookie } = headers;
  if (cookie === undefined) return undefined;
  // A refresh would have to send the cookie again; GET /api/auth/get-session does that.
  const query = { disableRefresh: true };
  const found = await throwIfDatabaseUnavailable(() =>
    auth.api.getSession({ headers: new Headers({ cookie }), query }),
  );
  return found === null ? undefined : { userId: found.user.id, by: "session" };
}
