export { AppConfigMap, AppSecret } from "./app-config";
export { AppSecretValues } from "./app-secrets";
export { ChartRelease } from "./chart-release";
export {
  accessCommand,
  Cluster,
  discoverCluster,
  nodePortUrl,
  plannedCluster,
  planVariable,
} from "./cluster";
export { betterAuthUrl, configData, internalUrl } from "./config-data";
export { AppImage } from "./image";
export { AppNamespace } from "./namespace";
export { Ownership } from "./ownership";
export { Postgres } from "./postgres";
export { databaseInCluster, hasNodePort, readSettings, serviceName } from "./settings";
export { WebService } from "./web-service";
