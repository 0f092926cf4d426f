import { betterAuth } from "better-auth";
import type { FastifyBaseLogger } from "fastify";
import type { Config } from "../config.ts";
import type { Database } from "../database/database.ts";
import { outageDetectingPool } from "./outage-detection.ts";

/** What Better Auth needs. */
export interface CreateAuthOptions extends Pick<Config, "publicUrl" | "authSecret"> {
  readonly database: Pick<Database, "connect">;
  readonly log: Pick<FastifyBaseLogger, "debug">;
}

/** The part of Better Auth that this application uses. */
export interface Auth {
  /** Answers a request below /api/auth. */
  readonly handler: (request: Request) => Promise<Response>;
  readonly api: {
    /** Returns the session of a request's cookie, or null. */
    readonly getSession: (options: {
      readonly headers: Headers;
      /** `disableRefresh`: don't extend the session, which would need a new cookie. */
      readonly query: { readonly disableRefresh: boolean };
    }) => Promise<{ readonly user: { readonly id: string } } | null>;
  };
}

const timestamps = { createdAt: "created_at", updatedAt: "updated_at" } as const;

/**
 * Sets up Better Auth for accounts with e-mail address and password, in the tables of
 * migrations/0002_accounts.sql. Its own checks of origins, rates and IP addresses are off, because
 * plugins do this for all routes (plugins/origin-check.ts, plugins/rate-limit.ts).
 */
export function createAuth({ publicUrl, authSecret, database, log }: CreateAuthOptions): Auth {
  return betterAuth({
    baseURL: publicUrl,
    basePath: "/api/auth",
    secret: authSecret,
    database: outageDetectingPool(database),
    emailAndPassword: { enabled: true, autoSignIn: true },
    user: {
      modelName: "users",
      fields: { ...timestamps, emailVerified: "email_verified" },
      deleteUser: { enabled: true },
    },
    session: {
      modelName: "auth_sessions",
      fields: {
        ...timestamps,
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
      },
    },
    account: {
      modelName: "auth_accounts",
      fields: {
        ...timestamps,
        userId: "user_id",
        accountId: "account_id",
        providerId: "provider_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
      },
    },
    verification: {
      modelName: "auth_verifications",
      fields: { ...timestamps, expiresAt: "expires_at" },
    },
    advanced: {
      database: { generateId: "uuid", validateSchema: false },
      ipAddress: { disableIpTracking: true },
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its messages can hold e-mail addresses. Its answers and errors say what matters.
    logger: {
      log: (level) => {
        log.debug({ level }, "message from Better Auth");
      },
    },
  });
}
