export { chartDefaults, POSTGRES_DATA_CHECK } from "./chart-defaults";
export type { ContainerResources, WritablePath } from "./chart-defaults";
export { databaseAddress, databaseClaimName, databaseInCluster } from "./database";
export { foreignKeys, splitKey } from "./foreign-keys";
export { databaseSelector, objectLabels, podLabels, type Component } from "./labels";
export { ingressOf } from "./ingress";
export { expectedBy, parseSettings } from "./parse";
export { readSettings } from "./read";
export type { Problem } from "./rules";
export { schema, secretKeys, type Settings } from "./schema";
export { secretEnvNames, type SecretEnvName } from "./sections/secrets";
export type { WebServiceSettings } from "./sections/web-service";
export { SettingsError } from "./settings-error";
export {
  hasNodePort,
  internalUrl,
  minimumReplicas,
  pinnedNodePort,
  pinnedNodePorts,
  serviceName,
  surgePods,
} from "./web-services";
