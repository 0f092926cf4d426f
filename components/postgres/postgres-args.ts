import type * as pulumi from "@pulumi/pulumi";
import {
  databaseInCluster,
  databaseSelector,
  objectLabels,
  podLabels,
  type Settings,
} from "../../settings";
import type { PostgresArgs } from "./postgres";

/** Returns the arguments of the PostgreSQL that the settings describe. */
export function postgresArgs(settings: Settings, namespace: pulumi.Input<string>): PostgresArgs {
  const { name: objectName, enabled, ...same } = settings.postgres;
  const selectorLabels = databaseSelector(settings);
  return {
    ...same,
    running: databaseInCluster(settings),
    namespace,
    objectName,
    labels: objectLabels(settings, "database", selectorLabels),
    podLabels: podLabels(settings, "database", selectorLabels),
    selectorLabels,
  };
}
