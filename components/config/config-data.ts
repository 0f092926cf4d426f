import {
  chartDefaults,
  ingressOf,
  internalUrl,
  pinnedNodePort,
  type SecretEnvName,
  type Settings,
} from "../../settings";
import { type ClusterFacts, nodePortUrl } from "../cluster";

/**
 * Returns the address at which a browser opens the page: that of the release's Ingress, else that of the
 * NodePort, which is known before the Service exists only if it is pinned.
 */
export function betterAuthUrl(
  { frontend, configMap, chart }: Settings,
  facts: ClusterFacts,
): string {
  const ingress = ingressOf(chart.values);
  const nodePort = pinnedNodePort(frontend);
  const found = nodePort === undefined ? internalUrl(frontend) : nodePortUrl(facts, nodePort);
  return configMap.data.BETTER_AUTH_URL ?? (ingress.enabled ? ingress.address : found);
}

/** Whether a variable belongs into the Secret, because a web service's secretEnv names it. */
export function inSecret({ backend, frontend }: Settings, name: SecretEnvName): boolean {
  return [backend, frontend].some(({ secretEnv }) => secretEnv.includes(name));
}

/** Returns the content of the ConfigMap; the setting `configMap.data` adds keys and replaces values. */
export function configData(settings: Settings, facts: ClusterFacts): Record<string, string> {
  const data: Record<string, string> = {
    BACKEND_URL: internalUrl(settings.backend),
    FRONTEND_URL: internalUrl(settings.frontend),
    LOG_LEVEL: settings.configMap.logLevel,
    NODE_ENV: chartDefaults.configMap.data.NODE_ENV,
    BETTER_AUTH_URL: betterAuthUrl(settings, facts),
    ...settings.configMap.data,
  };
  if (inSecret(settings, "BETTER_AUTH_URL")) delete data.BETTER_AUTH_URL;
  return data;
}
