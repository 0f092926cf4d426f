import type { Plugin } from "../protocol/provider";
import { Cluster } from "./api/cluster";

/** What all resources share once the provider is configured. */
export interface Connection {
  plugin: Plugin;
  /** The provider's configuration, by name. */
  settings: Readonly<Record<string, string>>;
  cluster: Cluster;
  /** Arguments that bind helm to the cluster. */
  helmArgs: readonly string[];
  /** The environment that binds kubectl and helm to the cluster. */
  env: NodeJS.ProcessEnv;
  /** The namespace of objects that name none; empty for the cluster's default. */
  defaultNamespace: string;
  /** Whether resources of an unreachable cluster are removed from the state; otherwise they are an error. */
  deleteUnreachable: boolean;
}

/**
 * Returns the connection for a configuration. It starts kubectl with the first request.
 *
 * @param kubeconfigPath undefined for kubectl's default.
 */
export function connect(
  plugin: Plugin,
  settings: Readonly<Record<string, string>>,
  kubeconfigPath: string | undefined,
): Connection {
  const { context = "", namespace = "" } = settings;
  const env = { ...process.env };
  if (kubeconfigPath !== undefined) env.KUBECONFIG = kubeconfigPath;
  const kubectlArgs = context === "" ? [] : [`--context=${context}`];
  const unreachable = settings.deleteUnreachable ?? process.env.PULUMI_K8S_DELETE_UNREACHABLE;
  return {
    plugin,
    settings,
    cluster: new Cluster({ kubectlArgs, env }),
    helmArgs: context === "" ? [] : [`--kube-context=${context}`],
    env,
    defaultNamespace: namespace,
    deleteUnreachable: unreachable === "true",
  };
}
