import type { Settings } from "../schema";
import type { Problem } from "./problem";

/** Checks that there is exactly one database, with a valid URL. */
export function database(settings: Settings): Problem[] {
  const problems: Problem[] = [];
  const url = settings.databaseUrl;
  if (url !== "" && !isPostgresUrl(url)) {
    problems.push({
      key: "databaseUrl",
      found: "a value that is no PostgreSQL URL (not shown: it is a secret)",
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

function isPostgresUrl(text: string): boolean {
  if (!/^postgres(ql)?:\/\/[^\s]+$/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).hostname !== "";
}
