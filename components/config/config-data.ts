import { chartDefaults } from "../../settings/chart-defaults";
import { nodePortUrl, type ClusterFacts } from "../cluster";
import {
  hasNodePort,
  serviceName,
  type SecretEnvName,
  type Settings,
  type WebServiceSettings,
} from "../../settings";

/** Address of a Service inside the cluster, from the namespace of the app. */
export function internalUrl(webService: WebServiceSettings): string {
  return `http://${serviceName(webService)}:${webService.service.port}`;
}

/** Where the browser finds the page: known before the Service is, where the NodePort is pinned. */
export function betterAuthUrl({ frontend, configMap }: Settings, facts: ClusterFacts): string {
  const { nodePort } = frontend.service;
  const pinned = hasNodePort(frontend) && nodePort !== null;
  const found = pinned ? nodePortUrl(facts, nodePort) : internalUrl(frontend);
  return configMap.data.BETTER_AUTH_URL ?? found;
}

/** Whether a variable is kept in the Secret because a web service's secretEnv names it. */
export function inSecret({ backend, frontend }: Settings, name: SecretEnvName): boolean {
  return [backend, frontend].some(({ secretEnv }) => secretEnv.includes(name));
}

/** What the ConfigMap holds; `configMap.data` of the settings adds keys and replaces values. */
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
