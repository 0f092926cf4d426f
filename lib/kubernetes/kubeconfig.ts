import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { messageOf, UserError } from "../errors";
import { directories, expandHome } from "../paths";

/** One context of a kubeconfig. */
export interface KubeContext {
  name: string;
  /** URL of the API server, such as `https://192.168.49.2:8443`. */
  server: string;
  /** Whether Minikube wrote the cluster's entry: it marks its entries with an extension. */
  minikube: boolean;
}

interface Named {
  name?: string;
}
interface ClusterEntry extends Named {
  cluster?: {
    server?: string;
    "certificate-authority"?: string;
    "certificate-authority-data"?: string;
    "insecure-skip-tls-verify"?: boolean;
    extensions?: { extension?: { provider?: string } }[];
  };
}
interface UserEntry extends Named {
  user?: { "client-certificate"?: string; "client-certificate-data"?: string };
}
interface ContextEntry extends Named {
  context?: { cluster?: string; user?: string };
}
interface KubeConfig {
  clusters?: ClusterEntry[];
  users?: UserEntry[];
  contexts?: ContextEntry[];
}

const MINIKUBE_PROVIDER = "minikube.sigs.k8s.io";

/**
 * Returns the paths of the kubeconfig files, as kubectl finds them.
 *
 * @param configured the setting `kubeconfig`; empty: `$KUBECONFIG` (several paths), else `~/.kube/config`.
 */
export function kubeconfigPaths(
  configured: string,
  env: NodeJS.ProcessEnv = process.env,
): string[] {
  const { home } = directories(env);
  if (configured !== "") return [expandHome(configured, home)];
  const paths = (env.KUBECONFIG ?? "").split(delimiter).filter((path) => path !== "");
  return paths.length > 0 ? paths : [join(home, ".kube", "config")];
}

/**
 * Finds a context in kubeconfig files. Of two entries with one name the first counts, as for kubectl.
 *
 * @returns undefined where no file has it.
 * @throws UserError where a file is not valid YAML, or the server's address is none.
 */
export function findContext(name: string, paths: readonly string[]): KubeContext | undefined {
  const configs = readConfigs(paths);
  const context = named(
    configs.flatMap(({ contexts }) => contexts ?? []),
    name,
  )?.context;
  const cluster = findCluster(name, configs, configs)?.cluster;
  if (cluster?.server === undefined) return undefined;
  const user = named(
    configs.flatMap(({ users }) => users ?? []),
    context?.user,
  )?.user;
  const server = serverUrl(cluster.server, usesTls(cluster, user));
  if (server === undefined) {
    throw new UserError(
      `Context "${name}" has the server "${cluster.server}"; expected a URL such as https://127.0.0.1:6443.`,
      `Correct it in ${paths.join(" or ")}, or set another context.`,
    );
  }
  const providers = (cluster.extensions ?? []).map((entry) => entry.extension?.provider);
  return { name, server, minikube: providers.includes(MINIKUBE_PROVIDER) };
}

function named<T extends Named>(entries: readonly T[], name: string | undefined): T | undefined {
  return entries.find((entry) => entry.name === name);
}

/** The URL of a server; as kubectl, completes one without a scheme. undefined where it is no address. */
function serverUrl(server: string, tls: boolean): string | undefined {
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(server)
    ? server
    : `${tls ? "https" : "http"}://${server}`;
  return URL.canParse(url) && new URL(url).hostname !== "" ? url : undefined;
}

/** Whether kubectl speaks TLS to a server without a scheme. */
function usesTls(cluster: NonNullable<ClusterEntry["cluster"]>, user: UserEntry["user"]): boolean {
  return (
    cluster["insecure-skip-tls-verify"] === true ||
    cluster["certificate-authority"] !== undefined ||
    cluster["certificate-authority-data"] !== undefined ||
    user?.["client-certificate"] !== undefined ||
    user?.["client-certificate-data"] !== undefined
  );
}

/**
 * Returns the fingerprint of the certificate authority that a context's cluster is trusted by.
 *
 * @returns undefined where there is no such context, or its entry names no authority that can be read.
 */
export function authorityOf(name: string, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    // A relative path is relative to the file that names it.
    const cluster = findCluster(name, readConfigs(paths), readConfigs([path]))?.cluster;
    if (cluster === undefined) continue;
    const data = cluster["certificate-authority-data"];
    if (data !== undefined) return fingerprint(Buffer.from(data, "base64"));
    const file = cluster["certificate-authority"];
    return file === undefined ? undefined : fingerprintOfFile(resolve(dirname(path), file));
  }
  return undefined;
}

/** Returns the name of the cluster's entry that a context refers to. */
export function clusterNameOf(name: string, paths: readonly string[]): string | undefined {
  const configs = readConfigs(paths);
  return findCluster(name, configs, configs)?.name;
}

/** Returns the fingerprint of a certificate's file; undefined where it can't be read. */
export function fingerprintOfFile(path: string): string | undefined {
  try {
    return fingerprint(readFileSync(path));
  } catch {
    return undefined;
  }
}

function fingerprint(certificate: Buffer): string {
  return createHash("sha256")
    .update(certificate.toString("utf8").trim())
    .digest("hex")
    .slice(0, 32);
}

/**
 * Reads a context that must exist.
 *
 * @throws UserError that names the contexts found.
 */
export function readContext(name: string, paths: readonly string[]): KubeContext {
  const context = findContext(name, paths);
  if (context !== undefined) return context;
  const contexts = readConfigs(paths).flatMap((config) => config.contexts ?? []);
  const names = contexts.map((entry) => entry.name ?? "").join(", ") || "none";
  throw new UserError(
    `No context "${name}" in ${paths.join(", ")} (found: ${names}).`,
    "`npm run up` creates a Minikube of that name; or set another: `pulumi config set context <name>`.",
  );
}

/** Finds the cluster of a context: the context in some files, the cluster in others. */
function findCluster(
  name: string,
  configs: readonly KubeConfig[],
  withClusters: readonly KubeConfig[],
): ClusterEntry | undefined {
  const context = configs
    .flatMap((config) => config.contexts ?? [])
    .find((entry) => entry.name === name);
  if (context === undefined) return undefined;
  return withClusters
    .flatMap((config) => config.clusters ?? [])
    .find((entry) => entry.name === context.context?.cluster);
}

function readConfigs(paths: readonly string[]): KubeConfig[] {
  return paths
    .filter((path) => existsSync(path))
    .map((path) => {
      try {
        return (parse(readFileSync(path, "utf8")) ?? {}) as KubeConfig;
      } catch (error) {
        throw new UserError(
          `The kubeconfig ${path} can't be read: ${messageOf(error)}`,
          "Fix or move that file, and run this again.",
          { cause: error },
        );
      }
    });
}

/** Names that Docker Desktop gives to this machine. */
const dockerDesktopNames = ["kubernetes.docker.internal", "host.docker.internal"];

/**
 * Returns the host at which this machine reaches a server, as URLs write it. For a server on this machine it
 * is an address of loopback: `0.0.0.0` isn't one that a browser opens.
 */
export function reachableHost(server: string): string {
  const { hostname } = new URL(server);
  if (hostname === "0.0.0.0" || dockerDesktopNames.includes(hostname)) return "127.0.0.1";
  return hostname === "[::]" ? "[::1]" : hostname;
}

/** Whether a context's cluster is on this machine: Minikube's own, or served on loopback. */
export function isLocal(context: KubeContext): boolean {
  const host = reachableHost(context.server);
  return (
    context.minikube ||
    host === "localhost" ||
    host === "[::1]" ||
    /^127(\.\d{1,3}){3}$/.test(host) ||
    // An IPv4 address of loopback, written as an IPv6 one.
    /^\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\]$/.test(host)
  );
}

/**
 * Refuses a cluster that isn't on this machine, unless the settings allow its context.
 *
 * @throws UserError that names the context, its server and the setting.
 */
export function assertAllowed(context: KubeContext, allowedContexts: readonly string[]): void {
  if (isLocal(context) || allowedContexts.includes(context.name)) return;
  throw new UserError(
    `Context "${context.name}" is the cluster at ${context.server}, which isn't on this machine.`,
    "If this is intended, allow it: " +
      `\`pulumi config set --path 'allowedContexts[${allowedContexts.length}]' ${context.name}\`.`,
  );
}
