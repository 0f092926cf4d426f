import type { Settings } from "./schema";

/** Whether PostgreSQL runs in the cluster: as set, else in development without another database. */
export function databaseInCluster({ postgres, environment, databaseUrl }: Settings): boolean {
  return postgres.enabled ?? (environment === "development" && databaseUrl === "");
}
