import type { IncomingMessage } from "node:http";
import { Agent, request as httpRequest } from "node:http";
import type { Json } from "../../protocol/values";
import { errorFrom, Unreachable } from "./api-errors";
import type { KubectlProxy } from "./kubectl-proxy";
import { startKubectlProxy } from "./kubectl-proxy";

/** A request to the API server. */
export interface ApiRequest {
  /** @default GET */
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  query?: Readonly<Record<string, string>>;
  body?: Json;
  /** The type of a patch. @default application/json */
  contentType?: string;
  /** Aborts a GET; changes run to their end. */
  signal?: AbortSignal;
  /** Receives the API server's warnings, such as on unknown fields. */
  onWarning?: (message: string) => void;
}

/** How kubectl finds the cluster. */
export interface KubectlAccess {
  kubectlArgs: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** The longest that the API server may take for a change, in milliseconds. */
const CHANGE_TIMEOUT_MS = 60_000;

/** HTTP through `kubectl proxy`, which the first request starts. */
export class ApiConnection {
  readonly #access: KubectlAccess;
  readonly #agent = new Agent({ keepAlive: true });
  #proxy: Promise<KubectlProxy> | undefined;

  constructor(access: KubectlAccess) {
    this.#access = access;
  }

  /**
   * Sends a request and returns the body of the response.
   *
   * @throws ApiError where the API server answers with an error.
   * @throws Unreachable where it doesn't answer.
   */
  async request(path: string, request: ApiRequest): Promise<string> {
    this.#proxy ??= startKubectlProxy(this.#access.kubectlArgs, this.#access.env);
    const { socket } = await this.#proxy;
    const response = await this.#send(socket, path, request);
    const body = await readAll(response);
    for (const warning of warningsOf(response)) request.onWarning?.(warning);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return body;
    throw errorFrom(status, body);
  }

  /** Ends the connection and the proxy. */
  close(): void {
    this.#agent.destroy();
    void this.#proxy?.then(
      (proxy) => {
        proxy.close();
      },
      () => undefined,
    );
  }

  async #send(socket: string, path: string, request: ApiRequest): Promise<IncomingMessage> {
    const query = new URLSearchParams(request.query).toString();
    const body = request.body === undefined ? "" : JSON.stringify(request.body);
    const method = request.method ?? "GET";
    request.signal?.throwIfAborted();
    // A cancelled change still runs to its end: what it creates must get into the state.
    const signal = method === "GET" ? request.signal : AbortSignal.timeout(CHANGE_TIMEOUT_MS);
    return new Promise((resolve, reject) => {
      const call = httpRequest({
        agent: this.#agent,
        socketPath: socket,
        path: query === "" ? path : `${path}?${query}`,
        method,
        headers: {
          // The proxy accepts names of this machine only.
          host: "localhost",
          "content-type": request.contentType ?? "application/json",
          // Without a length node sends no body with DELETE.
          "content-length": Buffer.byteLength(body),
        },
        signal,
      });
      call.on("response", resolve);
      call.on("error", (error: NodeJS.ErrnoException) => {
        if (signal?.aborted === true) {
          reject(signal.reason instanceof Error ? signal.reason : error);
        } else if (error.code === "ECONNRESET" && call.reusedSocket) {
          // The proxy closed an idle connection just when this request took it.
          this.#send(socket, path, request).then(resolve, reject);
        } else {
          // The next request starts the proxy again if it has died.
          if (error.code !== "ECONNRESET") this.#proxy = undefined;
          reject(new Unreachable(error.message));
        }
      });
      call.end(body);
    });
  }
}

async function readAll(response: IncomingMessage): Promise<string> {
  response.setEncoding("utf8");
  let body = "";
  for await (const chunk of response) body += chunk as string;
  return body;
}

function warningsOf(response: IncomingMessage): string[] {
  const header = response.headers.warning ?? "";
  return [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, message]) =>
    (message ?? "").replaceAll(/\\(.)/g, "$1"),
  );
}
