import type * as pulumi from "@pulumi/pulumi";
import { objectLabels, type SecretEnvName, secretEnvNames, type Settings } from "../../settings";
import type { ClusterFacts } from "../cluster";
import type { AppConfigMapArgs } from "./app-config-map";
import type { AppSecretArgs } from "./app-secret";
import type { AppSecretValuesArgs } from "./app-secret-values";
import { betterAuthUrl, configData, inSecret } from "./config-data";

/** Returns the arguments of the ConfigMap that the settings describe. */
export function appConfigMapArgs(
  settings: Settings,
  facts: ClusterFacts,
  namespace: pulumi.Input<string>,
): AppConfigMapArgs {
  const { name: objectName, immutable } = settings.configMap;
  const labels = objectLabels(settings);
  return { objectName, namespace, labels, immutable, data: configData(settings, facts) };
}

/**
 * Returns the arguments of the Secret that the settings describe.
 *
 * @param values by environment variable; the settings name the key of each.
 */
export function appSecretArgs(
  settings: Settings,
  namespace: pulumi.Input<string>,
  values: Readonly<Partial<Record<SecretEnvName, pulumi.Input<string>>>>,
): AppSecretArgs {
  const { name: objectName, immutable, keys } = settings.secrets;
  const entries = secretEnvNames.flatMap((variable) => {
    const value = values[variable];
    return value === undefined ? [] : [[keys[variable], value] as const];
  });
  const labels = objectLabels(settings);
  return { objectName, namespace, labels, immutable, data: Object.fromEntries(entries) };
}

/**
 * Returns the arguments of the secrets' values. Whether production lacks one has been checked with the
 * settings.
 *
 * @param databaseUrl URL of the database, in the cluster or not.
 */
export function appSecretValuesArgs(
  settings: Settings,
  facts: ClusterFacts,
  databaseUrl: pulumi.Input<string>,
): AppSecretValuesArgs {
  const { betterAuthSecret, jwtSecret, cohereApiKey } = settings;
  return {
    databaseUrl,
    ...(betterAuthSecret !== "" && { betterAuthSecret }),
    ...(jwtSecret !== "" && { jwtSecret }),
    ...(cohereApiKey !== "" && { cohereApiKey }),
    ...(inSecret(settings, "BETTER_AUTH_URL") && { betterAuthUrl: betterAuthUrl(settings, facts) }),
  };
}
