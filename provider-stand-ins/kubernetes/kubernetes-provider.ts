import { packageVersion } from "../protocol/package-version";
import type { Provider, ResourceKind } from "../protocol/provider";
import type { Connection } from "./connection";
import { connect } from "./connection";
import type { Kubeconfig } from "./kubeconfig";
import { locateKubeconfig } from "./kubeconfig";
import { objectKinds } from "./objects/object-kinds";
import { objectResource } from "./objects/object-resource";
import { checkConfig, diffConfig } from "./provider-config";
import { releaseResource } from "./release/release-resource";
import { renderChart } from "./release/render-chart";

const RELEASE_TYPE = "kubernetes:helm.sh/v3:Release";

/** The function that renders a chart, as the SDK's `helm.v3.Chart` calls it. */
const TEMPLATE_FUNCTION = "kubernetes:helm:template";

/** Returns the stand-in for the plugin `kubernetes`: objects through kubectl, releases through helm. */
export function kubernetesProvider(): Provider {
  const plugin = { name: "kubernetes", version: packageVersion("kubernetes") };
  let connection: Connection | undefined;
  let kubeconfig: Kubeconfig | undefined;
  const close = (): void => {
    connection?.cluster.close();
    kubeconfig?.discard();
  };
  return {
    ...plugin,
    covered: [...Object.keys(objectKinds), RELEASE_TYPE],
    checkConfig: (news) => ({ inputs: news, failures: checkConfig(plugin, news) }),
    diffConfig,
    configure: (config) => {
      close();
      kubeconfig = locateKubeconfig(config.kubeconfig);
      connection = connect(plugin, config, kubeconfig.path);
    },
    kind: (type): ResourceKind | undefined => {
      connection ??= connect(plugin, {}, undefined);
      const kind = objectKinds[type];
      if (kind !== undefined) return objectResource(connection, kind);
      return type === RELEASE_TYPE ? releaseResource(connection) : undefined;
    },
    invoke: (token, args) => (token === TEMPLATE_FUNCTION ? renderChart(args) : undefined),
    close,
  };
}
