import fastifyRateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import type { RateLimits } from "../config.ts";
import { DomainError } from "../errors.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Counts against the stricter limit per address for passwords. */
    readonly takesPassword?: boolean;
    /** Counts against the limit of the account whose e-mail address is in the body. */
    readonly signsIn?: boolean;
    /** Counts against the limit of chat messages per user. */
    readonly sendsMessage?: boolean;
    /** Counts against no limit: probes and scrapes. */
    readonly unlimited?: boolean;
  }
}

/** Counts a request; throws a DomainError (`rate-limited`) when the limit is exceeded. */
type Limiter = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

type KeyGenerator = (request: FastifyRequest) => string;

/**
 * Limits requests per client address. Register it before the auth guard, so that refused requests
 * cost no database statement. All limits are counted in memory, in windows of a minute.
 */
export const addressRateLimit = fp<RateLimits>(
  async (app, limits) => {
    await app.register(fastifyRateLimit, { global: false });
    const requests = createLimiter(app, limits.perAddress);
    const passwords = createLimiter(app, limits.passwordsPerAddress);
    app.addHook("onRequest", async (request, reply) => {
      const { unlimited, takesPassword } = request.routeOptions.config;
      if (unlimited !== true) await requests(request, reply);
      if (takesPassword === true) await passwords(request, reply);
    });
  },
  { name: "address-rate-limit" },
);

/** Limits requests per user and sign-ins per account. Register it after the auth guard. */
export const userRateLimit = fp<RateLimits>(
  (app, limits, done) => {
    const byUser: KeyGenerator = (request) => request.caller?.userId ?? request.ip;
    const requests = createLimiter(app, limits.perUser, byUser);
    const messages = createLimiter(app, limits.messagesPerUser, byUser);
    const signIns = createLimiter(app, limits.signInsPerAccount, byEmail);
    app.addHook("onRequest", async (request, reply) => {
      if (request.caller === undefined) return;
      await requests(request, reply);
      if (request.routeOptions.config.sendsMessage === true) await messages(request, reply);
    });
    // The e-mail address is in the body, which has not been read in onRequest.
    app.addHook("preHandler", async (request, reply) => {
      if (request.routeOptions.config.signsIn === true) await signIns(request, reply);
    });
    done();
  },
  { name: "user-rate-limit", dependencies: ["address-rate-limit", "auth-guard"] },
);

/** In lower case, as Better Auth stores e-mail addresses. */
function byEmail({ body }: FastifyRequest): string {
  return (body as { readonly email: string }).email.toLowerCase();
}

/** Without a key generator, counts by address, where an IPv6 network (/64) is one address. */
function createLimiter(app: FastifyInstance, max: number, keyGenerator?: KeyGenerator): Limiter {
  if (max === 0) return () => Promise.resolve();
  const key = keyGenerator === undefined ? {} : { keyGenerator };
  const count = app.createRateLimit({ max, timeWindow: 60_000, ...key });
  return async (request, reply) => {
    const result = await count(request);
    if (result.isAllowed) return;
    // The limits are checked from the widest to the narrowest, whose numbers the answer keeps.
    void reply.header("x-ratelimit-limit", result.max);
    void reply.header("x-ratelimit-remaining", result.remaining);
    void reply.header("x-ratelimit-reset", result.ttlInSeconds);
    if (!result.isExceeded) return;
    const seconds = result.ttlInSeconds;
    throw new DomainError("rate-limited", `Too many requests. Try again in ${seconds} s.`, seconds);
  };
}
