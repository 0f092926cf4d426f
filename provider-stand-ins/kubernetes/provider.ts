/** The stand-in for the plugin `kubernetes`: objects through kubectl, releases through helm. */
import type { Provider, ResourceKind } from "../protocol/provider";
import { packageVersion } from "../protocol/version";
import { Cluster } from "./cluster";
import { checkConfig, diffConfig, locateKubeconfig } from "./config";
import type { Kubeconfig } from "./config";
import { OBJECT_KINDS } from "./kinds";
import { objectKind } from "./objects";
import { releaseKind } from "./release/resource";
import { renderChart } from "./release/template";

/** The type token of Helm releases. */
export const RELEASE = "kubernetes:helm.sh/v3:Release";

/** The function that renders a chart, as the SDK's helm.v3.Chart calls it. */
const TEMPLATE = "kubernetes:helm:template";

/** What the kinds of resources share once the provider is configured. */
export interface Connection {
  plugin: { name: string; version: string };
  /** The provider's own settings, by name. */
  settings: Readonly<Record<string, string>>;
  cluster: Cluster;
  /** Arguments and environment by which helm finds the same cluster. */
  helmArgs: readonly string[];
  env: NodeJS.ProcessEnv;
  /** For namespaced objects that name none. */
  defaultNamespace: string;
  /** Forget resources of a cluster that is gone, instead of failing. */
  deleteUnreachable: boolean;
}

/** The provider, as `main.ts` serves it and the tests do. */
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
    covered: [...Object.keys(OBJECT_KINDS), RELEASE],
    checkConfig: (news) => ({ inputs: news, failures: checkConfig(plugin, news) }),
    diffConfig,
    configure: (config) => {
      close();
      kubeconfig = locateKubeconfig(config.kubeconfig);
      connection = connect(plugin, config, kubeconfig);
    },
    kind: (type): ResourceKind | undefined => {
      connection ??= connect(plugin, {}, locateKubeconfig(undefined));
      const kind = OBJECT_KINDS[type];
      if (kind !== undefined) return objectKind(connection, kind);
      return type === RELEASE ? releaseKind(connection) : undefined;
    },
    invoke: (token, args) => (token === TEMPLATE ? renderChart(args) : undefined),
    close,
  };
}

function connect(
  plugin: { name: string; version: string },
  config: Readonly<Record<string, string>>,
  kubeconfig: Kubeconfig,
): Connection {
  const { context = "", namespace = "" } = config;
  const env = { ...process.env };
  if (kubeconfig.path !== undefined) env.KUBECONFIG = kubeconfig.path;
  const kubectlArgs = context === "" ? [] : [`--context=${context}`];
  const unreachable = config.deleteUnreachable ?? process.env.PULUMI_K8S_DELETE_UNREACHABLE;
  return {
    plugin,
    settings: config,
    cluster: new Cluster({ kubectlArgs, env }),
    helmArgs: context === "" ? [] : [`--kube-context=${context}`],
    env,
    defaultNamespace: namespace,
    deleteUnreachable: unreachable === "true",
  };
}
