import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { RateLimits } from "../config.ts";
import { HttpError } from "./problem.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Counts against the stricter limit per address. */
    readonly takesPassword?: boolean;
    /** Counts against the limit of the account whose e-mail address is in the body. */
    readonly signsIn?: boolean;
    /** Counts against the limit of chat messages per user. */
    readonly asksChat?: boolean;
    /** Is never limited: probes and scrapes. */
    readonly unlimited?: boolean;
  }
}

type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/**
 * The limits: `before` is for everybody, `after` for those whom the guard has let in, and `withBody`
 * for requests whose body has been read.
 */
export interface Limits {
  readonly before: Limit;
  readonly after: Limit;
  readonly withBody: Limit;
}

const none: Limit = () => Promise.resolve();

/** Makes the limits. They are counted in this process's memory, in windows of a minute. */
export async function createLimits(app: FastifyInstance, limits: RateLimits): Promise<Limits> {
  await app.register(rateLimit, { global: false });
  const byUser = (request: FastifyRequest): string => request.caller?.userId ?? request.ip;
  const address = limit(app, limits.perAddress);
  const passwords = limit(app, limits.passwordsPerAddress);
  const user = limit(app, limits.perUser, byUser);
  const signIns = limit(app, limits.signInsPerAccount, byEmail);
  const messages = limit(app, limits.messagesPerUser, byUser);
  return {
    async before(request, reply) {
      const { unlimited, takesPassword } = request.routeOptions.config;
      if (unlimited !== true) await address(request, reply);
      if (takesPassword === true) await passwords(request, reply);
    },
    async after(request, reply) {
      if (request.caller === undefined) return;
      await user(request, reply);
      if (request.routeOptions.config.asksChat === true) await messages(request, reply);
    },
    async withBody(request, reply) {
      if (request.routeOptions.config.signsIn === true) await signIns(request, reply);
    },
  };
}

/** As Better Auth looks accounts up: in lower case. */
function byEmail({ body }: FastifyRequest): string {
  return (body as { readonly email: string }).email.toLowerCase();
}

/** Without a key, the library counts by address, and the 2^64 that one network of IPv6 has as one. */
function limit(
  app: FastifyInstance,
  max: number,
  keyGenerator?: (request: FastifyRequest) => string,
): Limit {
  if (max === 0) return none;
  const key = keyGenerator === undefined ? {} : { keyGenerator };
  const count = app.createRateLimit({ max, timeWindow: 60_000, ...key });
  return async (request, reply) => {
    const found = await count(request);
    if (found.isAllowed) return;
    // The last limit that was asked is the narrowest, so its numbers are the ones that help.
    void reply.header("x-ratelimit-limit", found.max);
    void reply.header("x-ratelimit-remaining", found.remaining);
    void reply.header("x-ratelimit-reset", found.ttlInSeconds);
    if (!found.isExceeded) return;
    void reply.header("retry-after", found.ttlInSeconds);
    throw new HttpError(429, `Too many requests. Try again in ${found.ttlInSeconds} s.`);
  };
}
