import fp from "fastify-plugin";
import type { Config } from "../config.ts";
import { type Auth, createAuth } from "./auth.ts";
import { Tokens } from "./tokens.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly auth: Auth;
    readonly tokens: Tokens;
  }
}

/** The address of the page, and the secrets that sign cookies and tokens. */
export type AuthOptions = Pick<Config, "publicUrl" | "authSecret" | "jwtSecret">;

/** Adds `app.auth` (Better Auth) and `app.tokens` (JWTs of API clients). */
export const auth = fp<AuthOptions>(
  (app, { publicUrl, authSecret, jwtSecret }, done) => {
    const { database, log } = app;
    app.decorate("auth", createAuth({ publicUrl, authSecret, database, log }));
    app.decorate("tokens", new Tokens(jwtSecret));
    done();
  },
  { name: "auth" },
);
