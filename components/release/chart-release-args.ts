import type * as pulumi from "@pulumi/pulumi";
import {
  databaseInCluster,
  hasNodePort,
  pinnedNodePort,
  serviceName,
  type Settings,
  type WebServiceSettings,
} from "../../settings";
import type { ChartReleaseArgs, ReleasedService } from "./chart-release";
import { chartValues, type ChartValuesDependencies } from "./chart-values";

/** What {@link chartReleaseArgs} takes from other components. */
export interface ChartReleaseDependencies extends Omit<
  ChartValuesDependencies,
  "externalDatabase"
> {
  readonly namespace: pulumi.Input<string>;
  readonly deletedWith?: ChartReleaseArgs["deletedWith"] | undefined;
  readonly checkObjects: ChartReleaseArgs["checkObjects"];
}

/** Returns the arguments of the Helm release that the settings describe. */
export function chartReleaseArgs(
  settings: Settings,
  { namespace, deletedWith, checkObjects, ...rest }: ChartReleaseDependencies,
): ChartReleaseArgs {
  const { path, releaseName, timeoutSeconds, maxHistory } = settings.chart;
  const dependencies = {
    ...rest,
    ...(!databaseInCluster(settings) && { externalDatabase: settings.databaseUrl }),
  };
  // Which objects the chart renders depends neither on the images nor on the names of ConfigMap and Secret.
  const placeholders = {
    images: { backend: "image:any", frontend: "image:any" },
    configMapName: "any",
    secretName: "any",
    podAnnotations: {},
  };
  return {
    chartPath: path,
    releaseName,
    namespace,
    ...(deletedWith !== undefined && { deletedWith }),
    values: chartValues(settings, dependencies),
    preview: {
      namespace: settings.namespace,
      values: chartValues(settings, { ...dependencies, ...placeholders }),
    },
    checkObjects,
    services: {
      backend: releasedService(settings.backend),
      frontend: releasedService(settings.frontend),
    },
    timeoutSeconds,
    maxHistory,
  };
}

function releasedService(webService: WebServiceSettings): ReleasedService {
  const nodePort = pinnedNodePort(webService);
  return {
    serviceName: serviceName(webService),
    hasNodePort: hasNodePort(webService),
    ...(nodePort !== undefined && { nodePort }),
  };
}
