/** An answer, read to its end. */
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

/** Sends requests with the same headers to the same server. */
export function caller(origin: string, always: Readonly<Record<string, string>>): Call {
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

/** Somebody with a browser: keeps the cookies that come. */
export class Browser {
  #cookies = new Map<string, string>();

  constructor(
    private readonly origin: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** What would be sent as Cookie. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  readonly call: Call = async (method, path, body, headers) => {
    const own = this.#cookies.size === 0 ? this.headers : { ...this.headers, cookie: this.cookie };
    const answer = await caller(this.origin, own)(method, path, body, headers);
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = line.split(";", 1)[0]?.split(/=(.*)/s) ?? [];
      if (/max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  };
}
