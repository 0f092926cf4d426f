/** An HTTP answer with its parsed body. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Sends a request with a JSON body. */
export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** Returns a function that sends requests with fixed headers to one server. */
export function createCaller(origin: string, always: Readonly<Record<string, string>>): Call {
  return async (method, path, body, headers = {}) => {
    const sent: Record<string, string> = { ...always, ...headers };
    if (body !== undefined) sent["content-type"] = "application/json";
    const response = await fetch(origin + path, {
      method,
      headers: sent,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("json") === true;
    const found = json ? (JSON.parse(text) as Record<string, unknown> | null) : { text };
    return { status: response.status, headers: response.headers, body: found ?? {} };
  };
}

/** A client that keeps cookies, as a browser does. */
export class Browser {
  #cookies = new Map<string, string>();

  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(origin: string, headers: Readonly<Record<string, string>> = {}) {
    this.#origin = origin;
    this.#headers = headers;
  }

  /** The Cookie header. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** Sends a request with the cookies, and keeps those of the answer. */
  readonly call: Call = async (method, path, body, headers) => {
    const fixed =
      this.#cookies.size === 0 ? this.#headers : { ...this.#headers, cookie: this.cookie };
    const answer = await createCaller(this.#origin, fixed)(method, path, body, headers);
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = line.split(";", 1)[0]?.split(/=(.*)/s) ?? [];
      if (/max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  };
}
