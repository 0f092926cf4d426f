import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { messageOf, UserError } from "../errors";
import { directories, nonEmpty } from "../paths";

/** A Minikube profile as its own file describes it, whether its cluster is running or not. */
export interface MinikubeProfile {
  /** Name of the profile, and of the kubeconfig's context. */
  name: string;
  /** Minikube's driver, such as `docker`. */
  driver: string;
  containerRuntime: string;
  /** Such as `v1.34.0`. */
  kubernetesVersion: string;
  /** The network plugin that the profile was created with; empty: Minikube chose one. */
  cni: string;
  cpus: number;
  memoryMiB: number;
  /** Number of nodes. */
  nodes: number;
  /** Address of the control plane's node; undefined before its first start. */
  nodeAddress: string | undefined;
  /** Addresses and names of the API server that Minikube may write into the kubeconfig, loopback aside. */
  apiServerHosts: readonly string[];
  /** The values of `minikube start --ports`, as `[address:]hostPort:port`. */
  exposedPorts: readonly string[];
  /** Addons that are enabled. */
  addons: readonly string[];
  /** Image that the node is created from, where the node is a container. */
  baseImage: string;
}

/** The parts of a profile's config.json that the project reads (minikube, pkg/minikube/config/types.go). */
interface ProfileFile {
  Driver?: string;
  CPUs?: number;
  Memory?: number;
  KicBaseImage?: string;
  ExposedPorts?: string[] | null;
  Addons?: Record<string, boolean> | null;
  Nodes?: { IP?: string; ControlPlane?: boolean }[] | null;
  ListenAddress?: string;
  KubernetesConfig?: {
    ContainerRuntime?: string;
    KubernetesVersion?: string;
    CNI?: string;
    /** The address that several control planes share. */
    APIServerHAVIP?: string;
    APIServerName?: string;
  };
}

/** Minikube's default for `--apiserver-name`, which is no host. */
const NO_SERVER_NAME = "minikubeCA";

/** Minikube's folder: MINIKUBE_HOME names it or its parent. @default ~/.minikube */
export function minikubeHome(
  env: NodeJS.ProcessEnv = process.env,
  home: string = directories(env).home,
): string {
  const named = nonEmpty(env.MINIKUBE_HOME);
  if (named === undefined) return join(home, ".minikube");
  return basename(named) === ".minikube" ? named : join(named, ".minikube");
}

/** Returns the file of the certificate authority that all profiles of Minikube's folder share. */
export function minikubeAuthorityFile(folder: string = minikubeHome()): string {
  return join(folder, "ca.crt");
}

/**
 * Reads a profile from Minikube's folder.
 *
 * @returns undefined where there is no such profile.
 * @throws UserError where its file is damaged.
 */
export function readMinikubeProfile(
  name: string,
  folder: string = minikubeHome(),
): MinikubeProfile | undefined {
  const file = join(folder, "profiles", name, "config.json");
  if (!existsSync(file)) return undefined;
  const config = parseProfile(file);
  const nodes = config.Nodes ?? [];
  return {
    name,
    driver: config.Driver ?? "",
    containerRuntime: config.KubernetesConfig?.ContainerRuntime ?? "",
    kubernetesVersion: config.KubernetesConfig?.KubernetesVersion ?? "",
    cni: config.KubernetesConfig?.CNI ?? "",
    cpus: config.CPUs ?? 0,
    memoryMiB: config.Memory ?? 0,
    nodes: Math.max(1, nodes.length),
    nodeAddress: nonEmpty((nodes.find(({ ControlPlane }) => ControlPlane) ?? nodes[0])?.IP),
    apiServerHosts: apiServerHosts(config),
    exposedPorts: config.ExposedPorts ?? [],
    addons: Object.entries(config.Addons ?? {}).flatMap(([addon, on]) => (on ? [addon] : [])),
    baseImage: config.KicBaseImage ?? "",
  };
}

/** Returns the hosts that Minikube may write into the kubeconfig (pkg/minikube/node/start.go, setupKubeconfig). */
function apiServerHosts({ Nodes, KubernetesConfig, ListenAddress }: ProfileFile): string[] {
  const nodes = Nodes ?? [];
  const controlPlanes = nodes.filter(({ ControlPlane }) => ControlPlane);
  const addresses = (controlPlanes.length > 0 ? controlPlanes : nodes.slice(0, 1)).map(
    ({ IP }) => IP,
  );
  const { APIServerHAVIP, APIServerName } = KubernetesConfig ?? {};
  const name = APIServerName === NO_SERVER_NAME ? undefined : APIServerName?.toLowerCase();
  const hosts = [...addresses, APIServerHAVIP, name, ListenAddress];
  return hosts.flatMap((host) => nonEmpty(host) ?? []);
}

function parseProfile(file: string): ProfileFile {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProfileFile;
  } catch (error) {
    throw new UserError(
      `Minikube's profile ${file} can't be read: ${messageOf(error)}`,
      "Delete the profile (`minikube delete -p <name>`), and run `npm run up` again.",
      { cause: error },
    );
  }
}

/** Returns the names of all profiles in Minikube's folder, sorted. */
export function minikubeProfileNames(folder: string = minikubeHome()): string[] {
  const profiles = join(folder, "profiles");
  if (!existsSync(profiles)) return [];
  return readdirSync(profiles)
    .filter((name) => existsSync(join(profiles, name, "config.json")))
    .sort();
}

/**
 * Ports that a profile publishes on loopback under their own number.
 *
 * @param exposed values of `minikube start --ports` (`[address:]hostPort:port`, docker's form).
 */
export function publishedPorts(exposed: readonly string[]): number[] {
  return exposed.flatMap((entry) => {
    const [port, hostPort, address = "127.0.0.1"] = entry
      .replace(/\/tcp$/, "")
      .split(":")
      .reverse();
    const onLoopback = address === "127.0.0.1" || address === "0.0.0.0";
    return onLoopback && port !== undefined && port === hostPort ? expandRange(port) : [];
  });
}

/** The ports of `30080` or `30000-30100`; none of anything else, such as `30080/udp`. */
function expandRange(ports: string): number[] {
  const [, from = "", to = from] = /^(\d+)(?:-(\d+))?$/.exec(ports) ?? [];
  if (from === "") return [];
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
}
