import { betterAuth } from "better-auth";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import type { Database } from "../db/database.ts";
import { watchedPool } from "./connections.ts";

/** What the accounts are made of. */
export interface AuthOptions {
  readonly config: Pick<Config, "publicUrl" | "authSecret">;
  readonly database: Pick<Database, "connect">;
  readonly log: Pick<Logger, "debug">;
}

const times = { createdAt: "created_at", updatedAt: "updated_at" } as const;

/**
 * Accounts with e-mail and password, kept by Better Auth in the tables of migrations/0002_accounts.sql.
 * What it could do besides is off: whether a request comes from the own page, how often somebody may
 * try, and who sees which error are settled for all routes alike, in front of it.
 */
export function createAuth({ config, database, log }: AuthOptions) {
  return betterAuth({
    baseURL: config.publicUrl,
    basePath: "/api/auth",
    secret: config.authSecret,
    database: watchedPool(database),
    emailAndPassword: { enabled: true, autoSignIn: true },
    user: {
      modelName: "users",
      fields: { ...times, emailVerified: "email_verified" },
      deleteUser: { enabled: true },
    },
    session: {
      modelName: "auth_sessions",
      fields: {
        ...times,
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
      },
    },
    account: {
      modelName: "auth_accounts",
      fields: {
        ...times,
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
      fields: { ...times, expiresAt: "expires_at" },
    },
    advanced: {
      database: { generateId: "uuid", validateSchema: false },
      ipAddress: { disableIpTracking: true },
      // origin.ts does both, for every route.
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its words can hold addresses of people; what matters of them becomes an answer or an error here.
    logger: {
      log: (level) => {
        log.debug({ level }, "Better Auth has said something");
      },
    },
  });
}

/** The accounts; see createAuth. */
export type Auth = ReturnType<typeof createAuth>;
