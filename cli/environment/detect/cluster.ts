import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { kubeconfigPaths, readContext, type KubeContext } from "../../../lib/kubernetes/kubeconfig";
import type { Settings } from "../../../settings";
import { UserError } from "../../../lib/errors";

/** A Minikube profile as its own file describes it, whether it runs or not. */
export interface ProfileFile {
  driver: string;
  containerRuntime: string;
  cpus: number;
  memoryMiB: number;
  /** What it publishes on this machine, in docker's form: `127.0.0.1:30080:30080`. */
  exposedPorts: readonly string[];
  /** The image that its node is made from. */
  baseImage: string;
}

/** What the sandbox calls the image of its nodes. */
const sandboxNode = "local/minikube-node:";

/** Whether the sandbox made a profile. Everyone else's is left to them and to Minikube. */
export function isOfSandbox(profile: ProfileFile | undefined): boolean {
  return profile?.baseImage.startsWith(sandboxNode) ?? false;
}

/** The configured context's cluster, as far as it can be seen without any tool. */
export interface ClusterSeen {
  context: string;
  /** running: something listens at its address; stopped: a Minikube profile whose node is down. */
  state: "running" | "stopped" | "missing";
  /** What the kubeconfig says; undefined where it has no such context. */
  entry: KubeContext | undefined;
  /** The Minikube profile of this name, if there is one. */
  profile: ProfileFile | undefined;
}

/** Looks at the kubeconfig, at Minikube's profile, and whether the cluster's address listens. */
export async function lookAtCluster(
  settings: Pick<Settings, "context" | "kubeconfig">,
  env: NodeJS.ProcessEnv,
  home: string,
): Promise<ClusterSeen> {
  const context = settings.context;
  const entry = findContext(context, kubeconfigPaths(settings.kubeconfig, env));
  const profile = readProfileFile(minikubeHome(env, home), context);
  const listens = entry !== undefined && (await listening(entry.server));
  if (listens) return { context, state: "running", entry, profile };
  return { context, state: profile === undefined ? "missing" : "stopped", entry, profile };
}

/** Minikube's folder: MINIKUBE_HOME names it, or the folder that it is in. */
export function minikubeHome(env: NodeJS.ProcessEnv, home: string): string {
  const named = env.MINIKUBE_HOME ?? "";
  if (named === "") return join(home, ".minikube");
  return /[\\/]?\.minikube$/.test(named) ? named : join(named, ".minikube");
}

/** A profile's own file; undefined where there is no such profile. */
export function readProfileFile(folder: string, name: string): ProfileFile | undefined {
  const file = join(folder, "profiles", name, "config.json");
  if (!existsSync(file)) return undefined;
  const config = JSON.parse(readFileSync(file, "utf8")) as {
    Driver?: string;
    CPUs?: number;
    Memory?: number;
    KicBaseImage?: string;
    ExposedPorts?: string[] | null;
    KubernetesConfig?: { ContainerRuntime?: string };
  };
  return {
    driver: config.Driver ?? "",
    containerRuntime: config.KubernetesConfig?.ContainerRuntime ?? "",
    cpus: config.CPUs ?? 0,
    memoryMiB: config.Memory ?? 0,
    exposedPorts: config.ExposedPorts ?? [],
    baseImage: config.KicBaseImage ?? "",
  };
}

function findContext(name: string, paths: readonly string[]): KubeContext | undefined {
  try {
    return readContext(name, paths);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("No context")) return undefined;
    throw new UserError(
      `The kubeconfig (${paths.join(", ")}) can't be read: ${error instanceof Error ? error.message : String(error)}`,
      "Mend or move that file, and run this again.",
    );
  }
}

/** Whether something accepts connections at a server's address. Waits for three seconds. */
export function listening(server: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(server);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port || (protocol === "http:" ? 80 : 443)),
      timeout: 3000,
    });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => {
      end(true);
    });
    socket.once("timeout", () => {
      end(false);
    });
    socket.once("error", () => {
      end(false);
    });
  });
}
