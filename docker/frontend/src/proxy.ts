import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "./server/policy.ts";

/**
 * Next.js calls this before it renders a page. It takes the nonce for the scripts that it writes from
 * the policy in the request's headers; the browser gets the same policy with the page.
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

/** Pages alone: the API's answers and static files have a policy that never changes (next.config.ts). */
export const config = { matcher: ["/((?!api/|_next/static/|icon\\.svg).*)"] };
