export { AppConfigMap, AppSecret } from "./config/config-objects";
export { AppSecretValues } from "./config/secret-values";
export { ChartRelease } from "./release/chart-release";
export {
  accessCommand,
  Cluster,
  discoverCluster,
  nodePortUrl,
  plannedCluster,
  planVariable,
} from "./cluster";
export { betterAuthUrl, configData, internalUrl } from "./config/config-data";
export { AppImage } from "./images";
export { AppNamespace } from "./namespace/app-namespace";
export { Ownership } from "./release/ownership";
export { Postgres } from "./postgres/postgres";
export { databaseInCluster, hasNodePort, readSettings, serviceName } from "../settings";
export { WebService } from "./web-service/web-service";
