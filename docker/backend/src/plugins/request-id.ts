import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import fp from "fastify-plugin";

const validId = /^[\w.:-]{1,100}$/;

/** Returns the request's x-request-id if it is safe to log, or else a new UUID. */
export function requestId(request: Pick<IncomingMessage, "headers">): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && validId.test(given) ? given : randomUUID();
}

/** Adds the header x-request-id to every answer. */
export const requestIdHeader = fp(
  (app, _options, done) => {
    app.addHook("onRequest", (request, reply, next) => {
      void reply.header("x-request-id", request.id);
      next();
    });
    done();
  },
  { name: "request-id-header" },
);
