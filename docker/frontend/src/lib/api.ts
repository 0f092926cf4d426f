/** One thing that is wrong in a request. */
interface Flaw {
  readonly pointer: string;
  readonly detail: string;
}

/** A request that failed, in words that can be shown. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    message: string,
    /** The HTTP status, or 0 when there was no answer at all, or only a part of it. */
    readonly status: number,
    /** Better Auth's name for what is wrong, where it is about an account. */
    readonly code?: string,
    /** How long to wait before asking again, in seconds, where the API said so. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }

  /** Whether asking again, a little later, may well succeed. */
  get passing(): boolean {
    return this.status === 0 || this.status >= 502 || this.retryAfter !== undefined;
  }
}

/** One request to the API. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** The version that the change is made to. */
  readonly ifMatch?: number;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

/** Longer than the server's own patience with the API, so that its better message arrives. */
const PATIENCE_MS = 20_000;

const UNREACHABLE = "The server can't be reached. Check your connection, then try again.";

const ended = new EventTarget();

/** Calls back whenever the API says that nobody is signed in any more. Returns how to stop that. */
export function onSessionEnded(listener: () => void): () => void {
  ended.addEventListener("ended", listener);
  return () => {
    ended.removeEventListener("ended", listener);
  };
}

/** The answer, once its headers are there and say that all is well. Throws an ApiError otherwise. */
export async function open(call: Call): Promise<Response> {
  const { method, path, body, ifMatch, accept = "application/json", signal } = call;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        accept,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(ifMatch === undefined ? {} : { "if-match": `"${ifMatch}"` }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      cache: "no-store",
      signal: signal ?? AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new ApiError(UNREACHABLE, 0);
  }
  if (response.ok) return response;
  const error = await problemOf(response);
  // Signing in with a wrong password is a 401 too, but one with a code.
  if (response.status === 401 && error.code === undefined) ended.dispatchEvent(new Event("ended"));
  throw error;
}

/** The JSON of the answer; undefined when it has none. */
export async function ask(call: Call): Promise<unknown> {
  const response = await open(call);
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch {
    throw new ApiError(UNREACHABLE, 0);
  }
}

async function problemOf(response: Response): Promise<ApiError> {
  const { status } = response;
  const answer = (await response.json().catch(() => ({}))) as {
    detail?: string;
    code?: string;
    errors?: readonly Flaw[];
  };
  const wait = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ApiError(
    inWords(status, answer.detail, answer.errors),
    status,
    answer.code,
    Number.isFinite(wait) ? wait : undefined,
  );
}

function inWords(status: number, detail?: string, errors: readonly Flaw[] = []): string {
  if (status === 401) return "You are signed out: your session has ended.";
  if (status >= 502) return "Your data can't be reached right now. Try again in a moment.";
  if (detail === undefined) return `That did not work: the server answered with status ${status}.`;
  const flaws = errors.map((flaw) => `${flaw.pointer.replace(/^\//, "")} ${flaw.detail}`);
  return [detail, ...flaws].join(" ");
}

/** What went wrong, in words for people. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
