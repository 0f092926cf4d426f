import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { HttpError, sendProblem } from "../http/problem.ts";
import type { Auth } from "./auth.ts";
import { noticingOutages } from "./connections.ts";
import { authRoutes as list } from "./schema.ts";

/** The routes of /api/auth: those of Better Auth that this application uses, and no others. */
export function authRoutes(app: FastifyInstance, auth: Auth, publicUrl: string): void {
  for (const { method, path, summary, open, takesPassword, signsIn, body } of list) {
    app.route({
      method,
      url: `/api/auth${path}`,
      config: { open, takesPassword, signsIn },
      schema: { tags: ["accounts"], summary, ...(body !== undefined && { body }) },
      handler: async (request, reply) => {
        // Better Auth knows cookies alone, so a token would end in a 401 without a reason.
        if (!open && request.caller?.by === "token") {
          throw new HttpError(
            403,
            "An account is changed with the session's cookie, not with a token.",
          );
        }
        const answer = await noticingOutages(() => auth.handler(toWeb(request, publicUrl)));
        return handOn(request, reply, answer);
      },
    });
  }
}

function toWeb({ method, url, headers, body }: FastifyRequest, publicUrl: string): Request {
  const sent = new Headers({ "content-type": "application/json" });
  for (const name of ["cookie", "user-agent"] as const) {
    const value = headers[name];
    if (value !== undefined) sent.set(name, value);
  }
  const path = url.split("?", 1)[0] ?? url;
  return new Request(new URL(path, publicUrl), {
    method,
    headers: sent,
    ...(method === "POST" && { body: JSON.stringify(body ?? {}) }),
  });
}

/** Better Auth's answer, with its errors as problems. */
async function handOn(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Response,
): Promise<FastifyReply> {
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) void reply.header("set-cookie", cookies);
  void reply.header("cache-control", "no-store");
  const text = await answer.text();
  if (answer.ok) return reply.code(answer.status).type("application/json").send(text);
  if (answer.status >= 500) throw new Error(`Better Auth answered with ${answer.status}`);
  const { code, message } = parse(text);
  const detail = message ?? "The request was refused.";
  return sendProblem(request, reply, answer.status, detail, {
    ...(code !== undefined && { code }),
  });
}

function parse(text: string): { code?: string; message?: string } {
  try {
    return JSON.parse(text) as { code?: string; message?: string };
  } catch {
    return {};
  }
}
