import { nonEmpty } from "../lib/paths";
import { chartDefaults } from "./chart-defaults";
import type { Settings } from "./schema";

/** Whether PostgreSQL runs in the cluster: as set, else in development without another database. */
export function databaseInCluster({ postgres, environment, databaseUrl }: Settings): boolean {
  return postgres.enabled ?? (environment === "development" && databaseUrl === "");
}

/** Returns host and port of a PostgreSQL URL, as the backend's client takes them: parameters come first. */
export function databaseAddress(url: string): { host: string; port: string } {
  const { hostname, port, searchParams } = new URL(url);
  return {
    host: nonEmpty(searchParams.get("host") ?? "") ?? hostname.replace(/^\[(.*)\]$/, "$1"),
    port:
      nonEmpty(searchParams.get("port") ?? "") ??
      nonEmpty(port) ??
      String(chartDefaults.networkPolicy.database.port),
  };
}
