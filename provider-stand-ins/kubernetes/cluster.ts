/** Requests to the API server. */
import { Agent, request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import type { Json, JsonObject } from "../protocol/values";
import { isJsonObject, objects, text } from "./json";
import type { ObjectKind } from "./kinds";
import { startProxy, Unreachable } from "./proxy";
import type { Proxy } from "./proxy";

/** An answer of the API server that is an error. */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    /** The API's own word for it, such as AlreadyExists. */
    readonly reason: string,
    message: string,
    /** What it is about, such as `namespaces`. */
    readonly about: string,
  ) {
    super(message);
  }
}

/** Where an object is, or its list. */
export interface Place {
  kind: Pick<ObjectKind, "apiVersion" | "plural" | "namespaced">;
  namespace: string;
  name?: string;
}

/** One request. */
export interface ApiRequest {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  query?: Readonly<Record<string, string>>;
  body?: Json;
  /** The kind of patch. */
  contentType?: string;
  signal?: AbortSignal;
  /** Gets the API server's warnings, such as on unknown fields. */
  onWarning?: (message: string) => void;
}

/** How kubectl and helm find the cluster. */
export interface Access {
  kubectlArgs: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** The longest that the API server may take over a change, in milliseconds. */
const WRITE_MS = 60_000;

/** A connection that is opened by the first request. */
export class Cluster {
  private proxy: Promise<Proxy> | undefined;
  private readonly agent = new Agent({ keepAlive: true });

  constructor(private readonly access: Access) {}

  /** Asks for an object or a list of objects, or changes one. */
  async object(place: Place, request: ApiRequest = {}): Promise<JsonObject> {
    const body = await this.request(pathOf(place), request);
    return JSON.parse(body) as JsonObject;
  }

  /** The object, or undefined where there is none. */
  async find(place: Place, signal?: AbortSignal): Promise<JsonObject | undefined> {
    try {
      return await this.object(place, { signal });
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return undefined;
      throw error;
    }
  }

  /** The items of a list. */
  async list(
    place: Place,
    query: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<JsonObject[]> {
    return objects(await this.object(place, { query, signal }), "items");
  }

  /** The last lines that a container wrote; empty where there are none. */
  async logs(namespace: string, pod: string, query: Record<string, string>): Promise<string> {
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log`;
    return this.request(path, { query }).catch(() => "");
  }

  /** Ends the connection. */
  close(): void {
    this.agent.destroy();
    void this.proxy?.then(
      (proxy) => {
        proxy.close();
      },
      () => undefined,
    );
  }

  private async request(path: string, request: ApiRequest): Promise<string> {
    this.proxy ??= startProxy(this.access.kubectlArgs, this.access.env);
    const { socket } = await this.proxy;
    const response = await this.send(socket, path, request);
    const body = await readAll(response);
    for (const warning of warningsOf(response)) request.onWarning?.(warning);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return body;
    throw errorFrom(status, body);
  }

  private async send(socket: string, path: string, request: ApiRequest): Promise<IncomingMessage> {
    const query = new URLSearchParams(request.query).toString();
    const body = request.body === undefined ? "" : JSON.stringify(request.body);
    const method = request.method ?? "GET";
    request.signal?.throwIfAborted();
    // A change that is under way is waited for even so: what it has made belongs into the state.
    const signal = method === "GET" ? request.signal : AbortSignal.timeout(WRITE_MS);
    return new Promise((resolve, reject) => {
      const call = httpRequest({
        agent: this.agent,
        socketPath: socket,
        path: query === "" ? path : `${path}?${query}`,
        method,
        headers: {
          // The proxy answers to the names of this machine only.
          host: "localhost",
          "content-type": request.contentType ?? "application/json",
          // Node frames the body of a DELETE only where its length is told.
          "content-length": Buffer.byteLength(body),
        },
        signal,
      });
      call.on("response", resolve);
      call.on("error", (error: NodeJS.ErrnoException) => {
        if (signal?.aborted === true) {
          reject(signal.reason instanceof Error ? signal.reason : error);
        } else if (error.code === "ECONNRESET" && call.reusedSocket) {
          // The proxy closed an idle connection in the moment in which it was taken again.
          this.send(socket, path, request).then(resolve, reject);
        } else {
          // A proxy that has died is started again by the next request.
          if (error.code !== "ECONNRESET") this.proxy = undefined;
          reject(new Unreachable(error.message));
        }
      });
      call.end(body);
    });
  }
}

/** The path of an object or, without a name, of the list it is in. */
export function pathOf({ kind, namespace, name }: Place): string {
  const root = kind.apiVersion.includes("/")
    ? `/apis/${kind.apiVersion}`
    : `/api/${kind.apiVersion}`;
  const scope = kind.namespaced ? `/namespaces/${namespace}` : "";
  return `${root}${scope}/${kind.plural}${name === undefined ? "" : `/${name}`}`;
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

function errorFrom(status: number, body: string): Error {
  let answer: Json | undefined;
  try {
    answer = JSON.parse(body) as Json;
  } catch {
    answer = undefined;
  }
  if (isJsonObject(answer) && answer.kind === "Status") {
    const reason = text(answer, "reason");
    return new ApiError(status, reason, text(answer, "message"), text(answer, "details", "kind"));
  }
  // The proxy's own answer when it doesn't get through.
  if (status >= 502) return new Unreachable(body.trim());
  return new ApiError(status, "", body.trim() === "" ? `HTTP status ${status}` : body.trim(), "");
}
