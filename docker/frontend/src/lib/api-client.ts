/** One invalid field in a request, as the API's problem details report it. */
interface FieldError {
  /** JSON pointer to the field, such as `/title`. */
  readonly pointer: string;
  readonly detail: string;
}

/** Error thrown when a request to the API fails. Its message is written for the user. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    message: string,
    /** HTTP status; 0 when there was no answer or an incomplete one. */
    readonly status: number,
    /** Better Auth's error code; only set for account requests. */
    readonly code?: string,
    /** Seconds to wait before the next attempt, from the Retry-After header. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }

  /** Whether the same request may succeed a little later. */
  get isTransient(): boolean {
    return this.status === 0 || this.status >= 502 || this.retryAfter !== undefined;
  }
}

/** A request to the API. */
export interface ApiRequest {
  readonly method: string;
  /** Path with query string, relative to the page's origin. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Version that the resource must still have, sent as If-Match. */
  readonly ifMatch?: number;
  /** Expected media type; `application/json` by default. */
  readonly accept?: string;
  /** Replaces the default timeout of 20 s. */
  readonly signal?: AbortSignal;
}

/** Longer than the server's BACKEND_TIMEOUT_MS, so that its more precise error arrives first. */
const TIMEOUT_MS = 20_000;

const UNREACHABLE_MESSAGE = "The server can't be reached. Check your connection, then try again.";

const sessionEvents = new EventTarget();

/** Calls `listener` whenever the API reports that the session has ended. Returns the unsubscriber. */
export function onSessionEnded(listener: () => void): () => void {
  sessionEvents.addEventListener("ended", listener);
  return () => {
    sessionEvents.removeEventListener("ended", listener);
  };
}

/** Sends a request and returns the successful response. Throws an ApiError otherwise. */
export async function sendApiRequest(request: ApiRequest): Promise<Response> {
  const { method, path, body, ifMatch, accept = "application/json", signal } = request;
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
      signal: signal ?? AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw new ApiError(UNREACHABLE_MESSAGE, 0);
  }
  if (response.ok) return response;
  const error = await toApiError(response);
  // A wrong password is answered with 401 too, but with an error code.
  if (response.status === 401 && error.code === undefined) {
    sessionEvents.dispatchEvent(new Event("ended"));
  }
  throw error;
}

/** Sends a request and returns the JSON of the answer, undefined for 204. Throws an ApiError. */
export async function requestJson(request: ApiRequest): Promise<unknown> {
  const response = await sendApiRequest(request);
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch {
    throw new ApiError(UNREACHABLE_MESSAGE, 0);
  }
}

async function toApiError(response: Response): Promise<ApiError> {
  const { status } = response;
  const problem = (await response.json().catch(() => ({}))) as {
    detail?: string;
    code?: string;
    errors?: readonly FieldError[];
  };
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ApiError(
    messageFor(status, problem.detail, problem.errors),
    status,
    problem.code,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

function messageFor(status: number, detail?: string, errors: readonly FieldError[] = []): string {
  if (status === 401) return "You are signed out: your session has ended.";
  if (status >= 502) return "Your data can't be reached right now. Try again in a moment.";
  if (detail === undefined) return `That did not work: the server answered with status ${status}.`;
  const fields = errors.map((error) => `${error.pointer.replace(/^\//, "")} ${error.detail}`);
  return [detail, ...fields].join(" ");
}
