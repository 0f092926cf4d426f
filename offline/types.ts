import type { UserError } from "../lib/errors";
import type { Tool } from "../lib/versions";

/** How to create a cluster. An existing cluster keeps what it was created with. */
export interface ClusterOptions {
  /** The name of Minikube's profile, which is also the name of the kubeconfig's context. */
  profile: string;
  /** With docker, images are built in the node's daemon and needn't be copied. */
  containerRuntime: "docker" | "containerd";
  /** CPUs of the node. The caller limits them to what the machine has. */
  cpus: number;
  /** Memory of the node in MiB. The caller limits it to what the machine has. */
  memoryMiB: number;
  /** NodePorts that are also published on 127.0.0.1. */
  nodePorts: readonly number[];
  /** Minikube's addons to enable. Those that offline mode can't provide are reported and left out. */
  addons: readonly string[];
}

/** The state of a profile's cluster, as far as it is visible without starting anything. */
export type ClusterState = "missing" | "stopped" | "running";

/** The tools that offline mode has built. */
export interface OfflineTools {
  /** The folder to put first on PATH. */
  binDirectory: string;
  /** The file of each tool that is built and current; undefined where it is missing. */
  tools: Readonly<Record<Tool, string | undefined>>;
}

/** What `npm run offline -- status` shows. */
export interface OfflineStatus extends OfflineTools {
  /** Why offline mode doesn't work on this machine; undefined where it works. */
  unsupported: UserError | undefined;
  /** The folder of everything that offline mode has built, and its size. */
  cache: { directory: string; bytes: number };
  /** The docker engine: its version and storage driver; undefined where none answers. */
  engine: { version: string | undefined; storage: string | undefined };
  /** The profile's cluster. */
  cluster: {
    profile: string;
    state: ClusterState;
    /** The node's address. Like the following fields, undefined where there is no cluster. */
    address?: string;
    containerRuntime?: string;
    kubernetesVersion?: string;
    /** Whether NetworkPolicies are enforced; undefined where the cluster doesn't run. */
    networkPolicies?: boolean;
  };
}
