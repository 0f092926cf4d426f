import { z } from "zod";
import { logLevels } from "./chart-defaults";

/*
 * What backend and frontend accept in their environment variables. They check it themselves when they start
 * (docker/backend/src/config.ts, docker/frontend/src/server/environment.ts); a test gives both the same
 * values.
 */

/** A value that an application accepts for one of its variables. */
export interface VariableRule {
  readonly expected: string;
  /** Whether it accepts a value: one that isn't empty, without white space at both ends. */
  readonly accepts: (value: string) => boolean;
}

function wholeNumber(minimum: number, maximum: number): VariableRule {
  return {
    expected: `a whole number from ${minimum} to ${maximum}`,
    accepts: (value) =>
      /^\d{1,9}$/.test(value) && Number(value) >= minimum && Number(value) <= maximum,
  };
}

function oneOf(words: readonly string[]): VariableRule {
  return { expected: `one of ${words.join(", ")}`, accepts: (value) => words.includes(value) };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

const httpUrl: VariableRule = {
  expected: "a URL that starts with http:// or https://",
  accepts: isHttpUrl,
};

const httpUrls: VariableRule = {
  expected: "URLs that start with http:// or https://, with commas between them",
  accepts: (value) => urlsOf(value).every(isHttpUrl),
};

const apiUrl = z.url({ protocol: /^(http|https)$/ });

/** Returns the URLs of a list with commas between them, as the backend reads BETTER_AUTH_URL. */
export function urlsOf(value: string): string[] {
  return value
    .split(",")
    .map((url) => url.trim())
    .filter((url) => url !== "");
}

/** Default of DRAIN_SECONDS in both applications. */
export const DRAIN_SECONDS = 5;

/** Default of CLOSE_SECONDS in both applications. */
export const CLOSE_SECONDS = 10;

/**
 * Seconds that the applications may need for the end of a shutdown, after drain and close: the backend gives
 * its database a second.
 */
export const EXIT_SECONDS = 1;

const shutdown = { DRAIN_SECONDS: wholeNumber(0, 300), CLOSE_SECONDS: wholeNumber(1, 300) };
const requests = wholeNumber(0, 1_000_000);

/** The variables of each application whose values it checks, without the secret ones. */
export const applicationVariables: Readonly<
  Record<"backend" | "frontend", Readonly<Record<string, VariableRule>>>
> = {
  backend: {
    BETTER_AUTH_URL: httpUrls,
    FRONTEND_URL: httpUrls,
    LOG_LEVEL: oneOf(logLevels),
    MIGRATE_WAIT_SECONDS: wholeNumber(1, 3600),
    NODE_ENV: oneOf(["production", "development", "test"]),
    ...shutdown,
    DATABASE_POOL_SIZE: wholeNumber(1, 100),
    TRUSTED_PROXIES: wholeNumber(0, 10),
    RATE_LIMIT_PER_ADDRESS: requests,
    RATE_LIMIT_PER_USER: requests,
    RATE_LIMIT_PASSWORDS: requests,
    RATE_LIMIT_SIGN_INS: requests,
    RATE_LIMIT_MESSAGES: requests,
    COHERE_API_URL: httpUrl,
    COHERE_TIMEOUT_MS: wholeNumber(100, 60_000),
  },
  frontend: {
    BACKEND_URL: {
      expected: "the API's address, such as http://todo-backend:7860",
      accepts: (value) => apiUrl.safeParse(value).success,
    },
    BACKEND_TIMEOUT_MS: wholeNumber(100, 300_000),
    ...shutdown,
  },
};

/** Returns what an application doesn't accept of a variable's value; undefined where it accepts it. */
export function refusedBy(
  application: "backend" | "frontend",
  name: string,
  value: string,
): string | undefined {
  const rule = Object.entries(applicationVariables[application]).find(([key]) => key === name)?.[1];
  const trimmed = value.trim();
  // An empty variable counts as one that isn't set.
  return rule === undefined || trimmed === "" || rule.accepts(trimmed) ? undefined : rule.expected;
}
