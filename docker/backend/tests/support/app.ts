import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import type { RouteOptions } from "fastify";
import { pino } from "pino";
import { type AppConfig, buildApp } from "../../src/app.ts";
import { Tokens } from "../../src/auth/tokens.ts";
import { Database } from "../../src/database/database.ts";
import { readMigrations } from "../../src/database/migrations.ts";
import { migrate } from "../../src/database/migrator.ts";
import { createLogger } from "../../src/lib/logger.ts";
import type { Lifecycle } from "../../src/plugins/draining.ts";
import { type Answer, type Call, createCaller } from "./http-client.ts";
import { postgres } from "./mocha-setup.ts";

export type { Answer };

/** A user with a token. */
export interface User {
  readonly id: string;
  readonly token: string;
  readonly call: Call;
}

/** The app with its own database, listening on a free port. */
export interface TestApp {
  readonly origin: string;
  readonly databaseUrl: string;
  readonly lifecycle: Lifecycle;
  /** All routes. */
  readonly routes: readonly RouteOptions[];
  /** The lines of the log. */
  readonly log: string[];
  /** Sends a request as a user who exists from the start. */
  readonly call: Call;
  /** Sends a request without signing in. */
  readonly anonymous: Call;
  /** Creates another user. */
  user(): Promise<User>;
  /** Closes the app and waits for running requests. */
  shutdown(): Promise<void>;
  /** Closes the app at once. */
  close(): Promise<void>;
}

/** A logger without output. */
export const silentLog = pino({ level: "silent" });

/** The secrets of all tests. */
export const secrets = {
  authSecret: "a-secret-for-cookies-0123456789abcdefghij",
  jwtSecret: "a-secret-for-tokens-0123456789abcdefghijk",
} as const;

/** The default configuration of an app in a test. */
export const testConfig: AppConfig = {
  version: "1.2.3",
  trustedProxies: 1,
  publicUrl: "http://127.0.0.1:3000",
  origins: ["http://127.0.0.1:3000", "http://todo-frontend:3000"],
  ...secrets,
  limits: {
    ...{ perAddress: 0, perUser: 0, passwordsPerAddress: 0 },
    ...{ signInsPerAccount: 0, messagesPerUser: 0 },
  },
  model: { apiKey: undefined, name: "command-test", apiUrl: undefined, timeoutMs: 10_000 },
};

/** The options of startApp. */
export interface StartOptions {
  /** Whether to apply the migrations; default: true. */
  readonly migrated?: boolean;
  /** The database; default: a new one. */
  readonly url?: string;
  readonly config?: Partial<AppConfig>;
}

/** Starts the app. */
export async function startApp(options: StartOptions = {}): Promise<TestApp> {
  const databaseUrl = options.url ?? (await postgres().database());
  const migrations = await readMigrations();
  if (options.migrated !== false) {
    await migrate({ url: databaseUrl, migrations, log: silentLog, waitSeconds: 5 });
  }
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(...chunk.toString().trimEnd().split("\n"));
      done();
    },
  });
  const config = { ...testConfig, ...options.config };
  const log = createLogger("todo-chatbot-api", { logLevel: "info", version: config.version }, sink);
  const database = new Database({ url: databaseUrl, poolSize: 4, log, statementMs: 1000 });
  const names = migrations.map((migration) => migration.name);
  const routes: RouteOptions[] = [];
  const app = await buildApp({
    ...{ config, database, log, migrations: names },
    onRoute: (route) => routes.push(route),
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const tokens = new Tokens(config.jwtSecret);
  const as = (id: string): User => {
    const token = tokens.create(id);
    return { id, token, call: createCaller(origin, { authorization: `Bearer ${token}` }) };
  };
  const user = async (): Promise<User> => {
    const id = randomUUID();
    const insert = `insert into users (id, name, email) values ('${id}', 'Test', '${id}@example.org')`;
    await postgres().admin(insert, databaseUrl);
    return as(id);
  };
  const first = options.migrated === false ? as(randomUUID()) : await user();
  return {
    origin,
    databaseUrl,
    lifecycle: app.lifecycle,
    routes,
    log: lines,
    call: first.call,
    anonymous: createCaller(origin, {}),
    user,
    async shutdown() {
      await app.close();
      await database.close();
    },
    async close() {
      app.server.closeAllConnections();
      await app.close();
      await database.close();
    },
  };
}
