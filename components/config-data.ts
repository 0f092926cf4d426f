import { chartDefaults } from "./chart-defaults";
import { nodePortUrl, type ClusterFacts } from "./cluster";
import { hasNodePort, serviceName, type Settings, type WebServiceSettings } from "./settings";

/** Address of a Service inside the cluster, from the namespace of the app. */
export function internalUrl(webService: WebServiceSettings): string {
  return `http://${serviceName(webService)}:${webService.service.port}`;
}

/** What the ConfigMap holds; `configMap.data` of the settings adds keys and replaces values. */
export function configData(settings: Settings, facts: ClusterFacts): Record<string, string> {
  const { frontend } = settings;
  const { nodePort } = frontend.service;
  return {
    BACKEND_URL: internalUrl(settings.backend),
    FRONTEND_URL: internalUrl(frontend),
    LOG_LEVEL: settings.configMap.logLevel,
    NODE_ENV: chartDefaults.configMap.data.NODE_ENV,
    // What the browser asks: known before the Service is, where the NodePort is pinned.
    BETTER_AUTH_URL:
      hasNodePort(frontend) && nodePort !== null
        ? nodePortUrl(facts, nodePort)
        : internalUrl(frontend),
    ...settings.configMap.data,
  };
}
