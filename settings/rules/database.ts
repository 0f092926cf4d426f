import { databaseAddress } from "../database";
import type { Settings } from "../schema";
import type { Problem } from "./problem";

/** Checks that there is exactly one database, with a valid URL. */
export function database(settings: Settings): Problem[] {
  const problems: Problem[] = [];
  const url = settings.databaseUrl;
  const wrong = url === "" ? undefined : urlProblem(url);
  if (wrong !== undefined) {
    problems.push({
      key: "databaseUrl",
      found: `${wrong} (not shown: it is a secret)`,
      expected: "postgresql://user:password@host[:port]/database[?sslmode=require]",
    });
  }
  if (url !== "" && settings.postgres.enabled === true) {
    problems.push({
      key: "postgres.enabled",
      found: "true in addition to a databaseUrl",
      expected: "one database: leave out databaseUrl, or set postgres.enabled to false",
    });
  }
  if (url === "" && settings.environment === "development" && settings.postgres.enabled === false) {
    problems.push({
      key: "databaseUrl",
      found: "nothing, and postgres.enabled is false",
      expected: "a database: set databaseUrl, or postgres.enabled to true",
    });
  }
  return problems;
}

/** Checks that production has its secrets: it generates none. The Cohere key is optional everywhere. */
export function productionSecrets(settings: Settings): Problem[] {
  if (settings.environment !== "production") return [];
  const needed = ["betterAuthSecret", "jwtSecret"] as const;
  const database = settings.postgres.enabled === true ? [] : (["databaseUrl"] as const);
  return [...database, ...needed]
    .filter((key) => settings[key] === "")
    .map((key) => ({
      key,
      found: "nothing",
      expected: `a value in production: pulumi config set --secret ${key} …`,
    }));
}

/**
 * Returns what is wrong with a URL for the backend, which checks it at its start, and for its client, which
 * decodes user, password and database; undefined where nothing is.
 */
function urlProblem(text: string): string | undefined {
  if (!/^postgres(ql)?:\/\/\S+$/.test(text) || !URL.canParse(text)) {
    return "a value that is no PostgreSQL URL";
  }
  const { host, port } = databaseAddress(text);
  if (host === "" || host.includes("%")) return "a PostgreSQL URL without a host";
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    return `a PostgreSQL URL with the port ${port}`;
  }
  if (new URL(text).pathname.length < 2) return "a PostgreSQL URL without a database";
  return isDecoded(text)
    ? undefined
    : "a PostgreSQL URL with a % that begins no escape: write %25 for a % in the password";
}

/**
 * Whether the backend's client decodes a URL (pg-connection-string): it takes a single % as it is, but then
 * takes escapes with letters as they are too, and never connects.
 */
function isDecoded(text: string): boolean {
  const hasSingle = / |%[^a-f0-9]|%[a-f0-9][^a-f0-9]/i.test(text);
  if (hasSingle && /%(?!\d\d)[a-f0-9]{2}/i.test(text)) return false;
  const encoded = hasSingle ? encodeURI(text).replaceAll(/%25(\d\d)/g, "%$1") : text;
  const { username, password, pathname } = new URL(encoded);
  try {
    decodeURIComponent(username);
    decodeURIComponent(password);
    decodeURI(pathname);
    return true;
  } catch {
    return false;
  }
}
