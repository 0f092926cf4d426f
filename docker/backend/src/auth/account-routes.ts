import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import { DomainError } from "../errors.ts";
import { callerOf } from "../plugins/auth-guard.ts";
import { meAnswer, tokenAnswer } from "./schemas.ts";
import { TOKEN_LIFETIME_SECONDS } from "./tokens.ts";

interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly created_at: Date;
}

const tags = ["accounts"];

/** The routes GET /api/me and POST /api/token. */
export const accountRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.get(
    "/api/me",
    { schema: { tags, summary: "Return the signed-in user", response: { 200: meAnswer } } },
    async (request) => {
      const [user] = await app.database.query<UserRow>(
        "select id, name, email, created_at from users where id = $1",
        [callerOf(request).userId],
      );
      if (user === undefined) throw new DomainError("not-signed-in", "This account is gone.");
      const { id, name, email, created_at: createdAt } = user;
      return { user: { id, name, email, createdAt: createdAt.toISOString() } };
    },
  );

  app.post(
    "/api/token",
    {
      schema: {
        ...{ tags, summary: "Exchange the session for a token" },
        response: { 200: tokenAnswer },
      },
    },
    (request, reply) => {
      const { userId, by } = callerOf(request);
      if (by === "token") {
        throw new DomainError(
          "forbidden",
          "A token is given for a session, not for another token.",
        );
      }
      void reply.header("cache-control", "no-store");
      const token = app.tokens.create(userId);
      return { token, tokenType: "Bearer", expiresIn: TOKEN_LIFETIME_SECONDS };
    },
  );
  done();
};
