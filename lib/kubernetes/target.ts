import { quote } from "../process/run";
import type { ClusterIdentity } from "./cluster-identity";
import { authorityOf, findContext, kubeconfigPaths, type KubeContext } from "./kubeconfig";

/** The settings that name a cluster. */
export interface ClusterSettings {
  /** Context of the kubeconfig. */
  context: string;
  /** Path of the kubeconfig; empty: `$KUBECONFIG`, else `~/.kube/config`. */
  kubeconfig: string;
}

/**
 * The cluster that is meant. Every command, hint and child process takes the context and the kubeconfig
 * from here, so that all of them reach the same cluster.
 */
export class ClusterTarget {
  /** Context of the kubeconfig. */
  readonly context: string;
  /** Kubeconfig files, in the order in which kubectl reads them. */
  readonly kubeconfigPaths: readonly string[];
  /** The kubeconfig's entry with the API server's address; undefined where there is no such context. */
  readonly entry: KubeContext | undefined;
  /** The settings; commands repeat `kubeconfig` unless it is empty and the user's environment says it. */
  readonly #settings: ClusterSettings;
  readonly #env: NodeJS.ProcessEnv;

  /**
   * @param settings which cluster the stack's settings name.
   * @param env the environment in which kubectl would look for its kubeconfig.
   * @throws UserError where a kubeconfig file can't be parsed.
   */
  constructor(settings: ClusterSettings, env: NodeJS.ProcessEnv = process.env) {
    this.context = settings.context;
    this.kubeconfigPaths = kubeconfigPaths(settings.kubeconfig, env);
    this.entry = findContext(settings.context, this.kubeconfigPaths);
    this.#settings = settings;
    this.#env = env;
  }

  /** What the kubeconfig says of the cluster's identity. */
  get identity(): ClusterIdentity {
    const { context, entry, kubeconfigPaths: paths } = this;
    return { context, server: entry?.server, authority: authorityOf(context, paths) };
  }

  /** The cluster that other settings name, in the same environment. */
  with(settings: ClusterSettings): ClusterTarget {
    return new ClusterTarget(settings, this.#env);
  }

  /** The same cluster, with the kubeconfig read again: creating a cluster changes it. */
  reread(): ClusterTarget {
    return new ClusterTarget(this.#settings, this.#env);
  }

  /** Arguments that bind kubectl to the cluster. */
  get kubectlArguments(): string[] {
    return ["--context", this.context, ...this.#kubeconfigArguments];
  }

  /** Arguments that bind helm to the cluster. */
  get helmArguments(): string[] {
    return ["--kube-context", this.context, ...this.#kubeconfigArguments];
  }

  /** Variables for programs that know the kubeconfig by its environment only, such as Minikube. */
  get environment(): Record<string, string> {
    return this.#kubeconfig === undefined ? {} : { KUBECONFIG: this.#kubeconfig };
  }

  /** A kubectl command for the user to paste. */
  kubectl(command: string): string {
    return ["kubectl", ...this.kubectlArguments.map(quote), command].join(" ");
  }

  /** A helm command for the user to paste. */
  helm(command: string): string {
    return ["helm", ...this.helmArguments.map(quote), command].join(" ");
  }

  /** A minikube command for the user to paste; a profile has the name of its context. */
  minikube(command: string): string {
    // Minikube has no option for the kubeconfig.
    const environment = Object.entries(this.environment).map(
      ([key, value]) => `${key}=${quote(value)}`,
    );
    return [...environment, "minikube", "-p", quote(this.context), command].join(" ");
  }

  /** The kubeconfig that is set; undefined where programs find it by themselves. */
  get #kubeconfig(): string | undefined {
    return this.#settings.kubeconfig === "" ? undefined : this.kubeconfigPaths[0];
  }

  get #kubeconfigArguments(): string[] {
    return this.#kubeconfig === undefined ? [] : ["--kubeconfig", this.#kubeconfig];
  }
}
