import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";

/** What the kubeconfig says of one context. */
export interface KubeContext {
  name: string;
  /** Address of the API server, such as `https://192.168.49.2:8443`. */
  server: string;
  /** True where Minikube wrote the cluster's entry: it marks what it writes. */
  minikube: boolean;
}

interface Named {
  name?: string;
}
interface ClusterEntry extends Named {
  cluster?: { server?: string; extensions?: { extension?: { provider?: string } }[] };
}
interface ContextEntry extends Named {
  context?: { cluster?: string };
}
interface KubeConfig {
  clusters?: ClusterEntry[];
  contexts?: ContextEntry[];
}

const minikubeProvider = "minikube.sigs.k8s.io";

/**
 * Paths of the kubeconfig, as kubectl finds them.
 *
 * @param configured the setting `kubeconfig`; empty: `$KUBECONFIG` (several paths), else `~/.kube/config`.
 */
export function kubeconfigPaths(
  configured: string,
  env: NodeJS.ProcessEnv = process.env,
): string[] {
  if (configured !== "") return [configured];
  const paths = (env.KUBECONFIG ?? "").split(delimiter).filter((path) => path !== "");
  return paths.length > 0 ? paths : [join(env.HOME ?? homedir(), ".kube", "config")];
}

/**
 * The named context from kubeconfig files; of two entries with one name the first counts, as for kubectl.
 *
 * @throws Error that says what was found where the context isn't there.
 */
export function readContext(name: string, paths: readonly string[]): KubeContext {
  const found = paths.filter((path) => existsSync(path));
  const configs = found.map((path) => (parse(readFileSync(path, "utf8")) ?? {}) as KubeConfig);
  const contexts = configs.flatMap((config) => config.contexts ?? []);
  const context = contexts.find((entry) => entry.name === name);
  const cluster = configs
    .flatMap((config) => config.clusters ?? [])
    .find((entry) => entry.name === context?.context?.cluster)?.cluster;
  if (cluster?.server === undefined) {
    const names = contexts.map((entry) => entry.name ?? "").join(", ") || "none";
    throw new Error(
      `No context "${name}" in ${paths.join(", ")} (found: ${names}). ` +
        "`npm run up` makes a Minikube of that name; or set another: `pulumi config set context <name>`.",
    );
  }
  const providers = (cluster.extensions ?? []).map((entry) => entry.extension?.provider);
  return { name, server: cluster.server, minikube: providers.includes(minikubeProvider) };
}

/** Whether a context's cluster is on this machine: Minikube's own, or served on loopback. */
export function isLocal(context: KubeContext): boolean {
  const { hostname } = new URL(context.server);
  return (
    context.minikube ||
    hostname === "localhost" ||
    hostname === "[::1]" ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * Refuses a cluster that isn't on this machine, unless the settings name it.
 *
 * @throws Error that names the context, its server and the setting.
 */
export function assertAllowed(context: KubeContext, allowedContexts: readonly string[]): void {
  if (isLocal(context) || allowedContexts.includes(context.name)) return;
  throw new Error(
    `Context "${context.name}" is the cluster at ${context.server}, which isn't on this machine. ` +
      "If it is meant, allow it: " +
      `\`pulumi config set --path 'allowedContexts[${allowedContexts.length}]' ${context.name}\`.`,
  );
}
