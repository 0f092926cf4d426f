import { readFileSync } from "node:fs";
import * as z from "zod";
import { packageFolder } from "./package-folder.ts";

/** Error that lists every invalid environment variable. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  /** @param problems - one sentence for each variable, which begins with its name */
  constructor(readonly problems: readonly string[]) {
    const list = problems.map((problem) => `  - ${problem}`).join("\n");
    super(
      `${problems.length === 1 ? "An environment variable is" : "Environment variables are"} ` +
        `missing or wrong:\n${list}\nSet what is named above and start again.`,
    );
  }
}

/** The minimum length of a secret, in characters. */
const SECRET_MIN_LENGTH = 32;

// Each schema's messages follow the variable's name: "PORT is …". Values are shown, except those
// that can hold a password.

function choice<const T extends readonly string[]>(values: T, fallback: T[number]) {
  const error = ({ input }: { readonly input?: unknown }): string =>
    `is ${JSON.stringify(input)}; expected ${values.join(", ")}.`;
  return z.enum(values, { error }).default(fallback as never);
}

function integer(min: number, max: number, fallback: number) {
  const isValid = (value: string): boolean =>
    /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max;
  const error = ({ input }: { readonly input?: unknown }): string =>
    `is ${JSON.stringify(input)}; expected a whole number from ${min} to ${max}.`;
  return z.string().refine(isValid, { error }).transform(Number).default(fallback);
}

function secret() {
  const expected = `expected ${SECRET_MIN_LENGTH} or more random characters, as from: openssl rand -base64 36`;
  return z.string({ error: `is missing; ${expected}` }).min(SECRET_MIN_LENGTH, {
    error: ({ input }) => `has ${(input as string).length} characters; ${expected}`,
  });
}

const httpUrl = z
  .string()
  .refine(isHttpUrl, { error: "is not a URL that starts with http:// or https://." });

const httpUrls = z
  .string()
  .transform((value) => value.split(",").map((url) => url.trim()))
  .transform((urls) => urls.filter((url) => url !== ""))
  .refine((urls) => urls.every(isHttpUrl), {
    error: "is not a list of URLs that start with http:// or https://, with commas between them.",
  })
  .default([]);

const DATABASE_URL_EXPECTED = "expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE";

const databaseUrl = z
  .string({ error: `is missing; ${DATABASE_URL_EXPECTED}.` })
  .superRefine((value, context) => {
    const message = databaseUrlProblem(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

function databaseUrlProblem(value: string): string | undefined {
  if (!URL.canParse(value)) {
    return (
      `is not a URL (its value is not shown); ${DATABASE_URL_EXPECTED}. ` +
      `Characters such as @ / : # % in the password have to be percent-encoded.`
    );
  }
  const url = new URL(value);
  if (!/^postgres(ql)?:$/.test(url.protocol)) {
    return `starts with ${url.protocol}//; ${DATABASE_URL_EXPECTED}.`;
  }
  if (url.hostname === "" && !url.searchParams.has("host")) {
    return `names no host; ${DATABASE_URL_EXPECTED}.`;
  }
  return url.pathname.length < 2 ? `names no database; ${DATABASE_URL_EXPECTED}.` : undefined;
}

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** The variables of migrate.ts. README.md says what each variable means. */
const migrationVariables = {
  DATABASE_URL: databaseUrl,
  LOG_LEVEL: choice(["fatal", "error", "warn", "info", "debug", "trace", "silent"], "info"),
  VERSION: z.string().default(packageVersion),
  MIGRATE_WAIT_SECONDS: integer(1, 3600, 60),
};

const migrationEnvironment = z.object(migrationVariables);

/** Errors are listed in this order. */
const serverEnvironment = z.object({
  BETTER_AUTH_URL: httpUrls,
  FRONTEND_URL: httpUrls,
  ...migrationVariables,
  NODE_ENV: choice(["production", "development", "test"], "production"),
  HOST: z.string().default("0.0.0.0"),
  PORT: integer(0, 65535, 7860),
  DRAIN_SECONDS: integer(0, 300, 5),
  CLOSE_SECONDS: integer(1, 300, 10),
  DATABASE_POOL_SIZE: integer(1, 100, 10),
  TRUSTED_PROXIES: integer(0, 10, 1),
  BETTER_AUTH_SECRET: secret(),
  JWT_SECRET: secret(),
  RATE_LIMIT_PER_ADDRESS: integer(0, 1_000_000, 12_000),
  RATE_LIMIT_PER_USER: integer(0, 1_000_000, 6000),
  RATE_LIMIT_PASSWORDS: integer(0, 1_000_000, 60),
  RATE_LIMIT_SIGN_INS: integer(0, 1_000_000, 10),
  RATE_LIMIT_MESSAGES: integer(0, 1_000_000, 60),
  COHERE_API_KEY: z.string().optional(),
  COHERE_MODEL: z.string().default("command-a-03-2025"),
  COHERE_API_URL: httpUrl.optional(),
  COHERE_TIMEOUT_MS: integer(100, 60_000, 10_000),
});

/** The configuration of migrate.ts. */
export type MigrationConfig = ReturnType<typeof migrationConfig>;

/** The configuration of the API server. */
export type Config = ReturnType<typeof serverConfig>;

/** How many requests a minute one process accepts; 0 means any number. */
export type RateLimits = Config["limits"];

/** The language model. Without an `apiKey` there is none, and the chat answers by rules. */
export type ModelConfig = Config["model"];

function migrationConfig(env: z.infer<typeof migrationEnvironment>) {
  return {
    databaseUrl: env.DATABASE_URL,
    logLevel: env.LOG_LEVEL,
    version: env.VERSION,
    migrateWaitSeconds: env.MIGRATE_WAIT_SECONDS,
  };
}

function serverConfig(env: z.infer<typeof serverEnvironment>) {
  const { BETTER_AUTH_URL: publicUrls, FRONTEND_URL: frontendUrls } = env;
  return {
    ...migrationConfig(env),
    nodeEnv: env.NODE_ENV,
    host: env.HOST,
    port: env.PORT,
    drainSeconds: env.DRAIN_SECONDS,
    closeSeconds: env.CLOSE_SECONDS,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    trustedProxies: env.TRUSTED_PROXIES,
    /** The page's address. If it is https, cookies are Secure. */
    publicUrl: publicUrls[0] ?? "http://127.0.0.1:3000",
    /** Origins of pages that may send changes, in addition to the one a request was sent to. */
    origins: [...publicUrls, ...frontendUrls].map((url) => new URL(url).origin),
    authSecret: env.BETTER_AUTH_SECRET,
    jwtSecret: env.JWT_SECRET,
    limits: {
      perAddress: env.RATE_LIMIT_PER_ADDRESS,
      perUser: env.RATE_LIMIT_PER_USER,
      passwordsPerAddress: env.RATE_LIMIT_PASSWORDS,
      signInsPerAccount: env.RATE_LIMIT_SIGN_INS,
      messagesPerUser: env.RATE_LIMIT_MESSAGES,
    },
    model: {
      apiKey: env.COHERE_API_KEY,
      name: env.COHERE_MODEL,
      apiUrl: env.COHERE_API_URL,
      timeoutMs: env.COHERE_TIMEOUT_MS,
    },
  };
}

/** Environment variables, such as process.env. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration of migrate.ts.
 *
 * @throws ConfigError
 */
export function readMigrationConfig(env: Environment): MigrationConfig {
  return migrationConfig(parse(migrationEnvironment, env));
}

/**
 * Reads the configuration of the API server.
 *
 * @throws ConfigError
 */
export function readConfig(env: Environment): Config {
  return serverConfig(parse(serverEnvironment, env));
}

function parse<T>(schema: z.ZodType<T>, env: Environment): T {
  // An empty variable counts as missing: that is how charts leave one out.
  const given = Object.entries(env).flatMap(([name, value = ""]) => {
    const trimmed = value.trim();
    return trimmed === "" ? [] : [[name, trimmed]];
  });
  const result = schema.safeParse(Object.fromEntries(given));
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  throw new ConfigError(problems);
}

function packageVersion(): string {
  const file = new URL("package.json", packageFolder);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
