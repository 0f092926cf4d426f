import type { Tool } from "../lib/versions";

/** What a cluster is made with. Fixed at creation: an existing cluster keeps what it has. */
export interface ClusterOptions {
  /** The name of Minikube's profile, which is also that of the kubeconfig's context. */
  profile: string;
  /** Docker is the shortest way for images: builds happen in the node's own daemon. */
  containerRuntime: "docker" | "containerd";
  /** CPUs of the node, already clamped by the caller to what the machine has. */
  cpus: number;
  /** Memory of the node in MiB, already clamped by the caller. */
  memoryMiB: number;
  /** NodePorts that answer on 127.0.0.1 too. */
  nodePorts: readonly number[];
  /** Minikube's addons that are wanted; those that can't be had here are reported and left out. */
  addons: readonly string[];
}

/** How a profile's cluster is, as far as it can be seen without starting anything. */
export type ClusterState = "missing" | "stopped" | "running";

/** What the sandbox has built already. */
export interface SandboxTools {
  /** The folder to put first on PATH. */
  binDirectory: string;
  /** Programs that are built and current, by name: their file, or undefined where one is missing. */
  tools: Readonly<Record<Tool, string | undefined>>;
}

/** What `npm run offline -- status` shows. */
export interface SandboxStatus extends SandboxTools {
  /** Why the sandbox can't be used on this machine; undefined where it can. */
  unsupported: string | undefined;
  /** The folder that holds all that the sandbox has made, and its size. */
  cache: { directory: string; bytes: number };
  /** The docker engine on the default socket: its version, or undefined where none answers. */
  engine: { version: string | undefined; storage: string | undefined };
  cluster: {
    profile: string;
    state: ClusterState;
    /** The node's address, runtime and version, where it runs. */
    address?: string;
    containerRuntime?: string;
    kubernetesVersion?: string;
    /** Whether something enforces NetworkPolicies. */
    networkPolicies?: boolean;
  };
}
