import { readFileSync } from "node:fs";

/** The levels that pino knows, from the loudest to none. */
export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** The values that NODE_ENV may have. */
export const NODE_ENVS = ["production", "development", "test"] as const;

/** What migrate.ts needs: enough to reach the database and to speak about it. */
export interface MigrationConfig {
  readonly databaseUrl: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly version: string;
  /** How long to wait for the database, and then for another migration, before giving up. */
  readonly migrateWaitSeconds: number;
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
  /** Accepted for the chatbot to come; nothing reads them yet, so none is required. */
  readonly frontendUrl: string | undefined;
  readonly betterAuthUrl: string | undefined;
  readonly cohereApiKey: string | undefined;
  readonly betterAuthSecret: string | undefined;
  readonly jwtSecret: string | undefined;
}

/** Says everything that is wrong with the environment, at once. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(readonly problems: readonly string[]) {
    const list = problems.map((problem) => `  - ${problem}`).join("\n");
    super(
      `${problems.length === 1 ? "An environment variable is" : "Environment variables are"} ` +
        `missing or wrong:\n${list}\nSet what is named above and start again.`,
    );
  }
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads variables one by one and keeps what is wrong with them for one error at the end. */
class Reader {
  readonly problems: string[] = [];

  constructor(private readonly env: Env) {}

  /** A variable that is set to nothing counts as missing: that is how charts leave one out. */
  text(name: string): string | undefined {
    const value = this.env[name]?.trim();
    return value === "" ? undefined : value;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const found = allowed.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    this.problems.push(`${name} is ${JSON.stringify(value)}; expected ${allowed.join(", ")}.`);
    return fallback;
  }

  integer(name: string, min: number, max: number, fallback: number): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    this.problems.push(
      `${name} is ${JSON.stringify(value)}; expected a whole number from ${min} to ${max}.`,
    );
    return fallback;
  }

  httpUrl(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
    this.problems.push(`${name} is not a URL that starts with http:// or https://.`);
    return undefined;
  }

  /** The value holds a password, so no message repeats any of it. */
  databaseUrl(name: string): string {
    const value = this.text(name);
    const expected = "expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE";
    if (value === undefined) {
      this.problems.push(`${name} is missing; ${expected}.`);
      return "";
    }
    if (!URL.canParse(value)) {
      this.problems.push(
        `${name} is not a URL (its value is not shown); ${expected}. ` +
          `Characters such as @ / : # % in the password have to be percent-encoded.`,
      );
      return "";
    }
    const url = new URL(value);
    if (!/^postgres(ql)?:$/.test(url.protocol)) {
      this.problems.push(`${name} starts with ${url.protocol}//; ${expected}.`);
    } else if (url.hostname === "" && !url.searchParams.has("host")) {
      this.problems.push(`${name} names no host; ${expected}.`);
    } else if (url.pathname.length < 2) {
      this.problems.push(`${name} names no database; ${expected}.`);
    }
    return value;
  }

  done(): void {
    if (this.problems.length > 0) throw new ConfigError(this.problems);
  }
}

/** VERSION, or else the version of the package that this file belongs to. */
function version(reader: Reader): string {
  const named = reader.text("VERSION");
  if (named !== undefined) return named;
  const file = new URL("../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

function migrationPart(reader: Reader): MigrationConfig {
  return {
    databaseUrl: reader.databaseUrl("DATABASE_URL"),
    logLevel: reader.oneOf("LOG_LEVEL", LOG_LEVELS, "info"),
    version: version(reader),
    migrateWaitSeconds: reader.integer("MIGRATE_WAIT_SECONDS", 1, 3600, 60),
  };
}

/** Reads what the migration needs. Throws a ConfigError that names every bad variable. */
export function readMigrationConfig(env: Env): MigrationConfig {
  const reader = new Reader(env);
  const config = migrationPart(reader);
  reader.done();
  return config;
}

/** Reads what the server needs. Throws a ConfigError that names every bad variable. */
export function readConfig(env: Env): Config {
  const reader = new Reader(env);
  const config: Config = {
    ...migrationPart(reader),
    nodeEnv: reader.oneOf("NODE_ENV", NODE_ENVS, "production"),
    host: reader.text("HOST") ?? "0.0.0.0",
    port: reader.integer("PORT", 0, 65535, 7860),
    drainSeconds: reader.integer("DRAIN_SECONDS", 0, 300, 5),
    closeSeconds: reader.integer("CLOSE_SECONDS", 1, 300, 10),
    databasePoolSize: reader.integer("DATABASE_POOL_SIZE", 1, 100, 10),
    frontendUrl: reader.httpUrl("FRONTEND_URL"),
    betterAuthUrl: reader.httpUrl("BETTER_AUTH_URL"),
    cohereApiKey: reader.text("COHERE_API_KEY"),
    betterAuthSecret: reader.text("BETTER_AUTH_SECRET"),
    jwtSecret: reader.text("JWT_SECRET"),
  };
  reader.done();
  return config;
}
