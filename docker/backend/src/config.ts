import { readFileSync } from "node:fs";
import { type Env, EnvReader } from "./env.ts";
import { ROOT } from "./root.ts";

/** The levels that pino knows, from the loudest to none. */
export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** The values that NODE_ENV may have. */
export const NODE_ENVS = ["production", "development", "test"] as const;

/** The shortest secret that can't be guessed, in characters. */
const SECRET_LENGTH = 32;

/** What migrate.ts needs: enough to reach the database and to speak about it. */
export interface MigrationConfig {
  readonly databaseUrl: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly version: string;
  /** How long to wait for the database, and then for another migration, before giving up. */
  readonly migrateWaitSeconds: number;
}

/** How many requests a minute one process takes; 0 means any number. */
export interface RateLimits {
  /** From one address, signed in or not. */
  readonly perAddress: number;
  /** From one user. */
  readonly perUser: number;
  /** Sign-ups, sign-ins and other uses of a password, from one address. */
  readonly passwordsPerAddress: number;
  /** Sign-ins to one account, by its e-mail address, from wherever they come. */
  readonly signInsPerAccount: number;
  /** Messages to the chat, from one user. */
  readonly messagesPerUser: number;
}

/** The language model. */
export interface ModelConfig {
  /** Undefined: there is none, and the chat answers by rules. */
  readonly apiKey: string | undefined;
  readonly name: string;
  /** Another address than Cohere's own. */
  readonly apiUrl: string | undefined;
  /** How long the model may take over a whole turn, in milliseconds. */
  readonly timeoutMs: number;
}

/** Everything that the API server is told from outside. */
export interface Config extends MigrationConfig {
  readonly nodeEnv: (typeof NODE_ENVS)[number];
  readonly host: string;
  readonly port: number;
  /** How long answers say `Connection: close` before the server stops listening. */
  readonly drainSeconds: number;
  /** How long requests that are still running may take after that. */
  readonly closeSeconds: number;
  /** The most connections that this process holds for requests. */
  readonly databasePoolSize: number;
  /** How many proxies stand in front of this process and add to X-Forwarded-For. */
  readonly trustedProxies: number;
  /** The address that browsers know this application by; its https makes the cookies Secure. */
  readonly publicUrl: string;
  /** Origins whose pages may change something, besides the one that a request was sent to. */
  readonly origins: readonly string[];
  /** Signs the sessions' cookies. */
  readonly authSecret: string;
  /** Signs the tokens of API clients. */
  readonly jwtSecret: string;
  readonly limits: RateLimits;
  readonly model: ModelConfig;
}

/** VERSION, or else the version of the package that this file belongs to. */
function version(reader: EnvReader): string {
  const named = reader.text("VERSION");
  if (named !== undefined) return named;
  const file = new URL("package.json", ROOT);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

function migrationPart(reader: EnvReader): MigrationConfig {
  return {
    databaseUrl: reader.databaseUrl("DATABASE_URL"),
    logLevel: reader.oneOf("LOG_LEVEL", LOG_LEVELS, "info"),
    version: version(reader),
    migrateWaitSeconds: reader.integer("MIGRATE_WAIT_SECONDS", 1, 3600, 60),
  };
}

/** Reads what the migration needs. Throws a ConfigError that names every bad variable. */
export function readMigrationConfig(env: Env): MigrationConfig {
  const reader = new EnvReader(env);
  const config = migrationPart(reader);
  reader.done();
  return config;
}

/** Reads what the server needs. Throws a ConfigError that names every bad variable. */
export function readConfig(env: Env): Config {
  const reader = new EnvReader(env);
  const publicUrls = reader.httpUrls("BETTER_AUTH_URL");
  const frontendUrls = reader.httpUrls("FRONTEND_URL");
  const config: Config = {
    ...migrationPart(reader),
    nodeEnv: reader.oneOf("NODE_ENV", NODE_ENVS, "production"),
    host: reader.text("HOST") ?? "0.0.0.0",
    port: reader.integer("PORT", 0, 65535, 7860),
    drainSeconds: reader.integer("DRAIN_SECONDS", 0, 300, 5),
    closeSeconds: reader.integer("CLOSE_SECONDS", 1, 300, 10),
    databasePoolSize: reader.integer("DATABASE_POOL_SIZE", 1, 100, 10),
    trustedProxies: reader.integer("TRUSTED_PROXIES", 0, 10, 1),
    publicUrl: publicUrls[0] ?? "http://127.0.0.1:3000",
    origins: [...publicUrls, ...frontendUrls].map((url) => new URL(url).origin),
    authSecret: reader.secret("BETTER_AUTH_SECRET", SECRET_LENGTH),
    jwtSecret: reader.secret("JWT_SECRET", SECRET_LENGTH),
    limits: {
      perAddress: reader.integer("RATE_LIMIT_PER_ADDRESS", 0, 1_000_000, 12_000),
      perUser: reader.integer("RATE_LIMIT_PER_USER", 0, 1_000_000, 6000),
      passwordsPerAddress: reader.integer("RATE_LIMIT_PASSWORDS", 0, 1_000_000, 60),
      signInsPerAccount: reader.integer("RATE_LIMIT_SIGN_INS", 0, 1_000_000, 10),
      messagesPerUser: reader.integer("RATE_LIMIT_MESSAGES", 0, 1_000_000, 60),
    },
    model: {
      apiKey: reader.text("COHERE_API_KEY"),
      name: reader.text("COHERE_MODEL") ?? "command-a-03-2025",
      apiUrl: reader.httpUrl("COHERE_API_URL"),
      timeoutMs: reader.integer("COHERE_TIMEOUT_MS", 100, 60_000, 10_000),
    },
  };
  reader.done();
  return config;
}
