export { mebibytes, milliCpu } from "./fields";
export { expectedBy, parseSettings, SettingsError } from "./parse";
export type { Problem } from "./rules";
export { schema, secretKeys, type Settings } from "./schema";
export {
  hasNodePort,
  pinnedNodePorts,
  secretEnvNames,
  serviceName,
  type SecretEnvName,
  type WebServiceSettings,
} from "./sections/web-service";
export { databaseInCluster, readSettings } from "./read";
