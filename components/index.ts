export {
  accessCommand,
  Cluster,
  clusterArgs,
  clusterRoom,
  discoverCluster,
  hasIpv6,
  nodePortUrl,
  plannedCluster,
  planVariable,
} from "./cluster";
export { AppConfigMap } from "./config/app-config-map";
export { AppSecret } from "./config/app-secret";
export { AppSecretValues } from "./config/app-secret-values";
export { appConfigMapArgs, appSecretArgs, appSecretValuesArgs } from "./config/config-args";
export { AppImage, appImageArgs } from "./images";
export { AppNamespace } from "./namespace/app-namespace";
export { appNamespaceArgs } from "./namespace/app-namespace-args";
export { Postgres } from "./postgres/postgres";
export { postgresArgs } from "./postgres/postgres-args";
export { ChartRelease } from "./release/chart-release";
export { chartReleaseArgs } from "./release/chart-release-args";
export { Ownership } from "./release/ownership";
export { WebService } from "./web-service/web-service";
export { webServiceArgs } from "./web-service/web-service-args";
