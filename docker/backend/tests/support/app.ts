import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { pino } from "pino";
import { buildApp } from "../../src/app.ts";
import { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrator.ts";
import { readMigrations } from "../../src/db/migrations.ts";
import type { Lifecycle } from "../../src/http/lifecycle.ts";
import { openLog } from "../../src/log.ts";
import { postgres } from "./global.ts";

/** The app on a database of its own, listening on a free port. */
export interface TestApp {
  readonly origin: string;
  readonly databaseUrl: string;
  readonly lifecycle: Lifecycle;
  /** Everything that was logged, line by line. */
  readonly log: string[];
  /** Sends a request with a JSON body. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  close(): Promise<void>;
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** A logger that writes nowhere. */
export const silent = pino({ level: "silent" });

/** Starts the app. `migrated: false` leaves the database empty. */
export async function startApp(
  options: { migrated?: boolean; url?: string } = {},
): Promise<TestApp> {
  const databaseUrl = options.url ?? (await postgres().database());
  const migrations = await readMigrations();
  if (options.migrated !== false) {
    await migrate({ url: databaseUrl, migrations, log: silent, waitSeconds: 5 });
  }
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(...chunk.toString().trimEnd().split("\n"));
      done();
    },
  });
  const log = openLog("todo-chatbot-api", { logLevel: "info", version: "1.2.3" }, sink);
  const lifecycle = { draining: false };
  const database = new Database({ url: databaseUrl, poolSize: 4, log, statementMs: 1000 });
  const names = migrations.map((migration) => migration.name);
  const app = buildApp({ database, lifecycle, log, version: "1.2.3", migrations: names });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    origin,
    databaseUrl,
    lifecycle,
    log: lines,
    call: (method, path, body) => call(origin + path, method, body),
    async close() {
      app.server.closeAllConnections();
      await app.close();
      await database.close();
    },
  };
}

async function call(url: string, method: string, body: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await response.text();
  const json = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: response.status, headers: response.headers, body: json };
}
