import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import type { RouteOptions } from "fastify";
import { pino } from "pino";
import { type AppConfig, buildApp } from "../../src/app.ts";
import { Tokens } from "../../src/auth/tokens.ts";
import { Database } from "../../src/database/database.ts";
import { migrate } from "../../src/database/migrator.ts";
import { readMigrations } from "../../src/database/migrations.ts";
import type { Lifecycle } from "../../src/plugins/draining.ts";
import { createLogger } from "../../src/lib/logger.ts";
import { type Answer, type Call, caller } from "./http-client.ts";
import { postgres } from "./mocha-setup.ts";

export type { Answer };

/** Somebody who has an account, and acts by a token. */
export interface User {
  readonly id: string;
  readonly token: string;
  readonly call: Call;
}

/** The app on a database of its own, listening on a free port. */
export interface TestApp {
  readonly origin: string;
  readonly databaseUrl: string;
  readonly lifecycle: Lifecycle;
  /** Every route, as Fastify was given it. */
  readonly routes: readonly RouteOptions[];
  /** Everything that was logged, line by line. */
  readonly log: string[];
  /** Sends a request with a JSON body, as a user who is there from the beginning. */
  readonly call: Call;
  /** The same as nobody. */
  readonly anonymous: Call;
  /** Another user. */
  user(): Promise<User>;
  /** Ends the app as a shutdown does: what is running ends first. */
  shutdown(): Promise<void>;
  /** Ends the app at once. */
  close(): Promise<void>;
}

/** A logger that writes nowhere. */
export const silent = pino({ level: "silent" });

/** The secrets that tests use. */
export const SECRETS = {
  authSecret: "a-secret-for-cookies-0123456789abcdefghij",
  jwtSecret: "a-secret-for-tokens-0123456789abcdefghijk",
} as const;

/** What an app in a test is told, unless the test says otherwise. */
export const CONFIG: AppConfig = {
  version: "1.2.3",
  trustedProxies: 1,
  publicUrl: "http://127.0.0.1:3000",
  origins: ["http://127.0.0.1:3000", "http://todo-frontend:3000"],
  ...SECRETS,
  limits: {
    ...{ perAddress: 0, perUser: 0, passwordsPerAddress: 0 },
    ...{ signInsPerAccount: 0, messagesPerUser: 0 },
  },
  model: { apiKey: undefined, name: "command-test", apiUrl: undefined, timeoutMs: 10_000 },
};

/** How to start an app. */
export interface StartOptions {
  /** `false` leaves the database empty. */
  readonly migrated?: boolean;
  readonly url?: string;
  readonly config?: Partial<AppConfig>;
}

/** Starts the app. */
export async function startApp(options: StartOptions = {}): Promise<TestApp> {
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
  const config = { ...CONFIG, ...options.config };
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
    return { id, token, call: caller(origin, { authorization: `Bearer ${token}` }) };
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
    anonymous: caller(origin, {}),
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
