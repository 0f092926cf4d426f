import { nonEmpty } from "../lib/paths";
import { chartDefaults } from "./chart-defaults";
import type { Settings } from "./schema";

/** The settings that decide where the database is. */
type DatabaseSettings = Pick<Settings, "postgres" | "environment" | "databaseUrl">;

/** Whether PostgreSQL runs in the cluster: as set, else in development without another database. */
export function databaseInCluster({
  postgres,
  environment,
  databaseUrl,
}: DatabaseSettings): boolean {
  return postgres.enabled ?? (environment === "development" && databaseUrl === "");
}

/** Returns the name of the volume claim that Kubernetes creates for the StatefulSet of a database. */
export function databaseClaimName(statefulSet: string): string {
  return `data-${statefulSet}-0`;
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
