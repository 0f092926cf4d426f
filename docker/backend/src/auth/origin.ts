import type { FastifyInstance, FastifyRequest } from "fastify";
import { HttpError } from "../http/problem.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses requests that another site's page makes a visitor's browser send. Browsers say in Origin
 * which page asks; no page can change that, nor the address that a request goes to. A program that is
 * no browser says nothing, and has no cookie that somebody else could ride on.
 */
export function refuseOtherOrigins(app: FastifyInstance, trusted: readonly string[]): void {
  app.addHook("onRequest", (request, _reply, done) => {
    done(
      isOwn(request, trusted)
        ? undefined
        : new HttpError(403, "Requests that change something are taken from the own page only."),
    );
  });
}

function isOwn({ method, headers }: FastifyRequest, trusted: readonly string[]): boolean {
  // A token is sent by a program on purpose; browsers only ever add cookies by themselves.
  if (SAFE.has(method) || headers.authorization !== undefined) return true;
  const { origin } = headers;
  if (origin === undefined) {
    const site = headers["sec-fetch-site"];
    return site === undefined || site === "same-origin" || site === "none";
  }
  if (trusted.includes(origin)) return true;
  const forwarded = headers["x-forwarded-host"];
  const host = typeof forwarded === "string" ? forwarded : headers.host;
  return (
    host !== undefined && URL.canParse(origin) && new URL(origin).host === hostOf(host, origin)
  );
}

/** The host as URLs write it: without the port that its scheme has anyway. */
function hostOf(host: string, origin: string): string | undefined {
  const url = `${new URL(origin).protocol}//${host}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}
