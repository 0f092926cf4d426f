import { STATUS_CODES } from "node:http";

/** Returns an answer with problem details (RFC 9457), in the same format as the API's errors. */
export function problemResponse(request: Request, status: number, detail: string): Response {
  const requestId = request.headers.get("x-request-id");
  const body = {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Error",
    status,
    detail,
    instance: new URL(request.url).pathname,
    ...(requestId === null ? {} : { requestId }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(status >= 502 ? { "retry-after": "2" } : {}),
    },
  });
}
