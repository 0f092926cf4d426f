import type { FastifyInstance } from "fastify";
import type { Queries } from "../db/database.ts";
import { HttpError } from "../http/problem.ts";
import { callerOf } from "./guard.ts";
import { TOKEN_SECONDS, type Tokens } from "./tokens.ts";

const text = { type: "string" } as const;

const meSchema = {
  tags: ["accounts"],
  summary: "Who asks",
  response: {
    200: {
      type: "object",
      properties: {
        user: {
          type: "object",
          properties: { id: text, name: text, email: text, createdAt: text },
        },
      },
    },
  },
};

const tokenSchema = {
  tags: ["accounts"],
  summary: "Exchange the session for a token",
  response: {
    200: {
      type: "object",
      properties: { token: text, tokenType: text, expiresIn: { type: "integer" } },
    },
  },
};

interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly created_at: Date;
}

/** The routes of the one who asks, and of the tokens that can stand for them. */
export function accountRoutes(app: FastifyInstance, database: Queries, tokens: Tokens): void {
  app.get("/api/me", { schema: meSchema }, async (request) => {
    const [user] = await database.query<UserRow>(
      "select id, name, email, created_at from users where id = $1",
      [callerOf(request).userId],
    );
    if (user === undefined) throw new HttpError(401, "This account is gone.");
    const { id, name, email, created_at: createdAt } = user;
    return { user: { id, name, email, createdAt: createdAt.toISOString() } };
  });

  app.post("/api/token", { schema: tokenSchema }, async (request, reply) => {
    const { userId, by } = callerOf(request);
    if (by === "token") {
      throw new HttpError(403, "A token is given for a session, not for another token.");
    }
    void reply.header("cache-control", "no-store");
    const token = tokens.create(userId);
    return { token, tokenType: "Bearer", expiresIn: TOKEN_SECONDS };
  });
}
