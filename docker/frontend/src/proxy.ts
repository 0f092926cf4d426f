import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "./server/content-security-policy.ts";

/**
 * Adds a Content-Security-Policy with a new nonce to every page. Called by Next.js before it renders:
 * it reads the nonce for its scripts from the policy in the request's headers, and the browser gets
 * the same policy with the answer.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Restricts the proxy to pages: API answers have a fixed policy (next.config.ts), static files none. */
export const config = { matcher: ["/((?!api/|_next/static/|icon\\.svg).*)"] };
