import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { join } from "node:path";
import type { Json, JsonObject } from "../../../provider-stand-ins/protocol/values";
import type { FakePrograms } from "./fake-programs";

/** A request that the server has received. */
export interface ReceivedRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  body: Json;
}

/** An answer that a test gives in place of the server. */
export type Answer = { status: number; body: JsonObject } | undefined;

/**
 * An API server in memory, and a kubectl whose `proxy` serves it. It knows nothing of Kubernetes except names,
 * versions and field managers; tests play the controllers.
 */
export class FakeApiServer {
  /** Objects by path. */
  readonly objects = new Map<string, JsonObject>();
  /** All requests so far. */
  readonly requests: ReceivedRequest[] = [];
  /** Answers a request in place of the server, where it returns an answer. */
  intercept: (request: ReceivedRequest) => Answer | Promise<Answer> = () => undefined;
  readonly #server: Server = createServer((request, response) => {
    void this.#handle(request, response);
  });
  #counter = 0;

  /** Starts a server and adds its kubectl to the programs. */
  static async start(programs: FakePrograms): Promise<FakeApiServer> {
    const server = new FakeApiServer();
    const socket = join(programs.folder, "real.sock");
    await new Promise<void>((resolve) => server.#server.listen(socket, resolve));
    programs.add(
      "kubectl",
      `echo "kubectl $*" >> "$LOG"
for argument in "$@"; do case "$argument" in --unix-socket=*) socket="\${argument#--unix-socket=}";; esac; done
ln -s '${socket}' "$socket"
echo "Starting to serve on $socket"
exec sleep 600`,
    );
    return server;
  }

  /** Ends the server. */
  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Returns the requests of one method as `path?query`. */
  lines(method: string): string[] {
    return this.requests
      .filter((request) => request.method === method)
      .map(({ path, query }) => `${path}?${new URLSearchParams(query).toString()}`);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const url = new URL(request.url ?? "/", "http://localhost");
    const received: ReceivedRequest = {
      method: request.method ?? "GET",
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      body: text === "" ? null : (JSON.parse(text) as Json),
    };
    this.requests.push(received);
    const answer = (await this.intercept(received)) ?? this.#answer(received);
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer.body));
  }

  #answer(request: ReceivedRequest): { status: number; body: JsonObject } {
    const { method, path, query } = request;
    const body = request.body as JsonObject;
    const dry = query.dryRun === "All";
    if (method === "POST") {
      const target = `${path}/${String((body.metadata as JsonObject).name)}`;
      if (this.objects.has(target))
        return failure(409, "AlreadyExists", `${target} already exists`);
      return {
        status: 201,
        body: this.#store(target, body, query.fieldManager ?? "", "Update", dry),
      };
    }
    const present = this.objects.get(path);
    if (present === undefined) {
      if (method === "GET" && !isObjectPath(path)) return { status: 200, body: this.#list(path) };
      return failure(404, "NotFound", `${path} not found`);
    }
    if (method === "GET") return { status: 200, body: present };
    if (method === "DELETE") {
      this.objects.delete(path);
      return { status: 200, body: present };
    }
    if (Array.isArray(request.body)) {
      const [first] = request.body as JsonObject[];
      const metadata = { ...(present.metadata as JsonObject), managedFields: first?.value ?? [] };
      this.objects.set(path, { ...present, metadata });
      return { status: 200, body: { ...present, metadata } };
    }
    const merged = {
      ...present,
      ...body,
      metadata: { ...(present.metadata as JsonObject), ...(body.metadata as JsonObject) },
    };
    return { status: 200, body: this.#store(path, merged, query.fieldManager ?? "", "Apply", dry) };
  }

  #store(
    path: string,
    object: JsonObject,
    manager: string,
    operation: string,
    dry: boolean,
  ): JsonObject {
    const before = (object.metadata ?? {}) as JsonObject;
    const metadata: JsonObject = {
      uid: `uid-${path}`,
      generation: 1,
      ...before,
      resourceVersion: String(++this.#counter),
      managedFields: [{ manager, operation, fieldsV1: { "f:data": {} } }],
    };
    const stored: JsonObject = { status: {}, ...object, metadata };
    if (!dry) this.objects.set(path, stored);
    return stored;
  }

  #list(path: string): JsonObject {
    const items = [...this.objects]
      .filter(([key]) => key.startsWith(`${path}/`))
      .map(([, value]) => value);
    return { kind: "List", items };
  }
}

/** Returns an error as the API server does. */
export function failure(
  status: number,
  reason: string,
  message: string,
  kind = "",
): { status: number; body: JsonObject } {
  return { status, body: { kind: "Status", reason, message, details: { kind } } };
}

/** Whether a path is …/namespaces/<ns>/<plural>/<name> or …/namespaces/<name>, and not that of a list. */
function isObjectPath(path: string): boolean {
  const parts = path.replace(/^\/(api|apis\/[^/]+)\/[^/]+\//, "").split("/");
  return parts[0] === "namespaces" ? parts.length === 2 || parts.length === 4 : parts.length === 2;
}
