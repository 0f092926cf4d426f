import { STATUS_CODES } from "node:http";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import { DatabaseUnavailableError, isInvalidValue, sqlState } from "../database/errors.ts";
import { AuthRefusedError, DomainError, type ErrorKind } from "../errors.ts";

/** The HTTP status of each kind of domain error. */
export const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  "invalid-input": 400,
  "not-signed-in": 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "version-mismatch": 412,
  "rate-limited": 429,
  unavailable: 503,
};

/** One error in a request: a JSON pointer to it, and what is wrong there. */
interface ProblemItem {
  readonly pointer: string;
  readonly detail: string;
}

/** Problem details (RFC 9457). */
interface Problem {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly requestId: string;
  readonly errors?: readonly ProblemItem[];
  /** Better Auth's code for programs. */
  readonly code?: string;
}

/** Answers every error, and every unknown route, with problem details. */
export const problemDetails = fp(
  (app, _options, done) => {
    app.setErrorHandler<FastifyError>(sendError);
    app.setNotFoundHandler((request, reply) =>
      sendProblem(request, reply, 404, `There is no ${request.method} ${pathOf(request)}.`),
    );
    done();
  },
  { name: "problem-details" },
);

/** The one place that maps errors to HTTP. */
function sendError(
  error: FastifyError | DomainError | AuthRefusedError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof DomainError) {
    const { kind, message, retryAfterSeconds } = error;
    if (retryAfterSeconds !== undefined) void reply.header("retry-after", retryAfterSeconds);
    return sendProblem(request, reply, statusOfKind[kind], message);
  }
  if (error instanceof AuthRefusedError) {
    const { status, message, code } = error;
    return sendProblem(request, reply, status, message, code === undefined ? {} : { code });
  }
  if (error.validation !== undefined) {
    const part = error.validationContext ?? "body";
    const errors = error.validation.map((found) => problemItem(part, found));
    const detail = `The request's ${partNames[part] ?? part} is not valid.`;
    return sendProblem(request, reply, 400, detail, { errors });
  }
  if (error instanceof DatabaseUnavailableError) {
    request.log.warn({ reason: error.message }, "database unavailable");
    void reply.header("retry-after", "2");
    return sendProblem(request, reply, 503, "The database is not available. Try again shortly.");
  }
  if (isUserDeleted(error)) return sendProblem(request, reply, 401, "This account is gone.");
  if (isInvalidValue(error)) {
    // The schemas accepted it. PostgreSQL's message quotes the value, so it is not logged.
    request.log.warn({ code: sqlState(error) }, "the database refused a value");
    const detail = "The request holds a value, such as a date or a cursor, that is out of range.";
    return sendProblem(request, reply, 400, detail);
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return sendProblem(request, reply, status, error.message);
  request.log.error({ err: error }, "request failed");
  return sendProblem(request, reply, 500, "Something went wrong in the server.");
}

function sendProblem(
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
    instance: pathOf(request),
    requestId: request.id,
    ...more,
  };
  return reply.code(status).type("application/problem+json").send(JSON.stringify(problem));
}

/** The URL without its query, which can hold text that a user typed. */
function pathOf({ url }: FastifyRequest): string {
  return url.split("?", 1)[0] ?? "/";
}

/** Whether a row could not be added because its user is gone: a token outlives its account. */
function isUserDeleted(error: object): boolean {
  const { constraint } = error as { constraint?: unknown };
  return (
    sqlState(error) === "23503" &&
    typeof constraint === "string" &&
    constraint.endsWith("_user_id_fkey")
  );
}

/** The parts of a request that are called otherwise in problem details than in Fastify. */
const partNames: Readonly<Record<string, string>> = { querystring: "query" };

interface ValidationError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Record<string, unknown>;
  readonly message?: string;
}

function problemItem(
  part: string,
  { keyword, instancePath, params, message }: ValidationError,
): ProblemItem {
  const base = part === "body" ? instancePath : `/${partNames[part] ?? part}${instancePath}`;
  switch (keyword) {
    case "required":
      return { pointer: `${base}/${String(params.missingProperty)}`, detail: "is required" };
    case "additionalProperties":
      return {
        pointer: `${base}/${String(params.additionalProperty)}`,
        detail: "is not known here",
      };
    case "pattern":
      return { pointer: base, detail: "must hold visible text, without control characters" };
    default:
      return { pointer: base, detail: message ?? "is not valid" };
  }
}
