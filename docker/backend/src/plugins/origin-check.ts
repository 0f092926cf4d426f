import type { FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import { DomainError } from "../errors.ts";

/** The options of the origin check. */
export interface OriginCheckOptions {
  /** Origins that are accepted in addition to the one that a request was sent to. */
  readonly trustedOrigins: readonly string[];
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses requests that another site's page makes a visitor's browser send (CSRF). A browser names
 * the page's origin in `Origin`, which no page can change. A client without `Origin` is not a
 * browser, so it has no cookies that another site could use.
 */
export const originCheck = fp<OriginCheckOptions>(
  (app, { trustedOrigins }, done) => {
    app.addHook("onRequest", (request, _reply, next) => {
      next(
        isAllowed(request, trustedOrigins)
          ? undefined
          : new DomainError(
              "forbidden",
              "Requests that change something are accepted from this application's own page only.",
            ),
      );
    });
    done();
  },
  { name: "origin-check" },
);

function isAllowed({ method, headers }: FastifyRequest, trusted: readonly string[]): boolean {
  // Browsers add cookies on their own, but never a token.
  if (safeMethods.has(method) || headers.authorization !== undefined) return true;
  const { origin } = headers;
  if (origin === undefined) {
    const site = headers["sec-fetch-site"];
    return site === undefined || site === "same-origin" || site === "none";
  }
  if (trusted.includes(origin)) return true;
  const forwarded = headers["x-forwarded-host"];
  const host = typeof forwarded === "string" ? forwarded : headers.host;
  if (host === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === normalizeHost(host, origin);
}

/** Returns the host as in a URL: without the default port of the origin's scheme. */
function normalizeHost(host: string, origin: string): string | undefined {
  const url = `${new URL(origin).protocol}//${host}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}
