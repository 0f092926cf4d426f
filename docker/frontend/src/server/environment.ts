import { z } from "zod";
import packageJson from "../../package.json" with { type: "json" };

/** The configuration of the server, read from environment variables at start, not at build time. */
export interface ServerEnvironment {
  /** Base URL of the API (BACKEND_URL). */
  readonly backendUrl: URL;
  /** Time until the API must begin its answer, in milliseconds (BACKEND_TIMEOUT_MS). */
  readonly backendTimeoutMs: number;
  /** Time between SIGTERM and the end of listening, in seconds (DRAIN_SECONDS). */
  readonly drainSeconds: number;
  /** Time that running requests get after that, in seconds (CLOSE_SECONDS). */
  readonly closeSeconds: number;
  /** Version in the answer of /api/health (VERSION); the package's version by default. */
  readonly version: string;
}

/** Error that lists every invalid environment variable. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";

  constructor(readonly problems: readonly string[]) {
    super(
      `Invalid environment variables:\n` +
        problems.map((problem) => `  - ${problem}`).join("\n") +
        `\nCorrect them and start again.`,
    );
  }
}

/** A variable with a whole number. The messages state what is expected, for an EnvironmentError. */
function wholeNumber(min: number, max: number, defaultValue: number): z.ZodType<number> {
  const expected = `a whole number from ${min} to ${max}`;
  const range = z.number().min(min, expected).max(max, expected);
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .pipe(range)
    .default(defaultValue);
}

const schema = z.object({
  BACKEND_URL: z.url({
    protocol: /^(http|https)$/,
    error: "the API's address, such as http://todo-backend:7860",
  }),
  BACKEND_TIMEOUT_MS: wholeNumber(100, 300_000, 10_000),
  DRAIN_SECONDS: wholeNumber(0, 300, 5),
  CLOSE_SECONDS: wholeNumber(1, 300, 10),
  VERSION: z.string().default(packageJson.version),
});

/**
 * Reads the configuration from environment variables. Surrounding spaces are ignored, and an empty
 * variable counts as unset. Throws an EnvironmentError that lists every invalid variable.
 */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): ServerEnvironment {
  const values: Record<string, string | undefined> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = variables[name]?.trim();
    values[name] = value === "" ? undefined : value;
  }
  const { data, error } = schema.safeParse(values);
  if (error !== undefined) {
    throw new EnvironmentError(
      error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        const value = values[name];
        const found = value === undefined ? "missing" : JSON.stringify(value);
        return `${name} is ${found}; expected ${message}.`;
      }),
    );
  }
  return {
    backendUrl: new URL(data.BACKEND_URL),
    backendTimeoutMs: data.BACKEND_TIMEOUT_MS,
    drainSeconds: data.DRAIN_SECONDS,
    closeSeconds: data.CLOSE_SECONDS,
    version: data.VERSION,
  };
}

let environment: ServerEnvironment | undefined;

/** Returns the configuration of this process. The variables are read at the first call. */
export function serverEnvironment(): ServerEnvironment {
  return (environment ??= readEnvironment(process.env));
}
