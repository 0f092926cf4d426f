import { STATUS_CODES } from "node:http";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { DatabaseUnavailableError, isBadValue, sqlState } from "../db/errors.ts";

/** The media type of RFC 9457. */
export const PROBLEM_JSON = "application/problem+json";

/** One thing that is wrong with a request: where (a JSON pointer) and what. */
export interface ProblemItem {
  readonly pointer: string;
  readonly detail: string;
}

/** An answer that says what went wrong, for programs and for people (RFC 9457). */
export interface Problem {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly requestId: string;
  readonly errors?: readonly ProblemItem[];
  /** A word for programs, where there is one. */
  readonly code?: string;
}

/** An error whose message may be shown to the one who asked. */
export class HttpError extends Error {
  override readonly name = "HttpError";

  constructor(
    readonly statusCode: number,
    message: string,
    /** Sent along with the answer. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Answers with a problem. The query is left out of `instance`: it may hold what people typed. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  detail: string,
  more: Pick<Problem, "errors" | "code"> = {},
): FastifyReply {
  const problem: Problem = {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Error",
    status,
    detail,
    instance: request.url.split("?", 1)[0] ?? "/",
    requestId: request.id,
    ...more,
  };
  return reply.code(status).type(PROBLEM_JSON).send(JSON.stringify(problem));
}

/** Makes every error of the app a problem, and every unknown address too. */
export function useProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error.validation !== undefined) {
      const where = error.validationContext ?? "body";
      const items = error.validation.map((found) => item(where, found));
      return sendProblem(
        request,
        reply,
        400,
        `The request's ${NAMES[where] ?? where} is not valid.`,
        {
          errors: items,
        },
      );
    }
    if (error instanceof DatabaseUnavailableError) {
      request.log.warn({ reason: error.message }, "database unavailable");
      void reply.header("retry-after", "2");
      return sendProblem(request, reply, 503, "The database is not available. Try again shortly.");
    }
    if (isOwnerGone(error)) return sendProblem(request, reply, 401, "This account is gone.");
    if (isBadValue(error)) {
      // What the schemas let through. PostgreSQL's words quote the value, so they are not logged.
      request.log.warn({ code: sqlState(error) }, "the database refused a value");
      const detail = "The request holds a value, such as a date or a cursor, that is out of range.";
      return sendProblem(request, reply, 400, detail);
    }
    if (error instanceof HttpError) void reply.headers(error.headers);
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) return sendProblem(request, reply, status, error.message);
    request.log.error({ err: error }, "request failed");
    return sendProblem(request, reply, 500, "Something went wrong in the server.");
  });

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "/";
    return sendProblem(request, reply, 404, `There is no ${request.method} ${path}.`);
  });
}

/** A token outlives its account by some minutes; then nothing can be added for that user. */
function isOwnerGone(error: object): boolean {
  const { constraint } = error as { constraint?: unknown };
  return (
    sqlState(error) === "23503" &&
    typeof constraint === "string" &&
    constraint.endsWith("_user_id_fkey")
  );
}

interface Found {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Record<string, unknown>;
  readonly message?: string;
}

/** Fastify's word for a part of a request, in a person's words. */
const NAMES: Readonly<Record<string, string>> = { querystring: "query" };

/** Turns what the JSON-schema validator found into a pointer and a sentence. */
function item(where: string, { keyword, instancePath, params, message }: Found): ProblemItem {
  const base = where === "body" ? instancePath : `/${NAMES[where] ?? where}${instancePath}`;
  if (keyword === "required") {
    return { pointer: `${base}/${String(params.missingProperty)}`, detail: "is required" };
  }
  if (keyword === "additionalProperties") {
    return { pointer: `${base}/${String(params.additionalProperty)}`, detail: "is not known here" };
  }
  if (keyword === "pattern") {
    return { pointer: base, detail: "must hold visible text, without control characters" };
  }
  return { pointer: base, detail: message ?? "is not valid" };
}
