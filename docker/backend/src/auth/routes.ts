import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../config.ts";
import { AuthRefusedError, DomainError } from "../errors.ts";
import { authEndpoints } from "./endpoints.ts";
import { throwIfDatabaseUnavailable } from "./outage-detection.ts";

/** The routes below /api/auth, which pass requests on to Better Auth. */
export const authRoutes: FastifyPluginCallback<Pick<Config, "publicUrl">> = (
  app,
  { publicUrl },
  done,
) => {
  for (const { method, path, summary, body, ...endpoint } of authEndpoints) {
    const { open = false, takesPassword = false, signsIn = false } = endpoint;
    app.route({
      method,
      url: `/api/auth${path}`,
      config: { open, takesPassword, signsIn },
      schema: { tags: ["accounts"], summary, ...(body !== undefined && { body }) },
      handler: async (request, reply) => {
        // Better Auth only knows cookies. It would answer 401 without saying why.
        if (request.caller?.by === "token") {
          throw new DomainError(
            "forbidden",
            "An account is changed with the session's cookie, not with a token.",
          );
        }
        const response = await throwIfDatabaseUnavailable(() =>
          app.auth.handler(toWebRequest(request, publicUrl)),
        );
        return sendResponse(reply, response);
      },
    });
  }
  done();
};

function toWebRequest({ method, url, headers, body }: FastifyRequest, publicUrl: string): Request {
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

/** Sends Better Auth's response; throws an AuthRefusedError where that is a refusal. */
async function sendResponse(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) void reply.header("set-cookie", cookies);
  void reply.header("cache-control", "no-store");
  const text = await response.text();
  if (response.ok) return reply.code(response.status).type("application/json").send(text);
  if (response.status >= 500) throw new Error(`Better Auth answered with ${response.status}`);
  const { code, message } = parseError(text);
  throw new AuthRefusedError(response.status, message ?? "The request was refused.", code);
}

function parseError(text: string): { code?: string; message?: string } {
  try {
    return JSON.parse(text) as { code?: string; message?: string };
  } catch {
    return {};
  }
}
