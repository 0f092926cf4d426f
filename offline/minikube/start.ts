import { ensureInEngine } from "../images/presence";
import { nodeImage } from "../node-image";
import { kubernetesVersion } from "../pins";
import type { ClusterOptions } from "../types";
import type { Progress } from "../../lib/progress/progress";
import { runMinikube } from "./command";
import { fillMinikubeCache } from "./cache";

/** Makes a new cluster, from what Minikube would otherwise download. */
export async function createCluster(options: ClusterOptions, progress: Progress): Promise<void> {
  const node = nodeImage();
  await Promise.all([fillMinikubeCache(progress), ensureInEngine(node, progress)]);
  await progress.step(`minikube start (${options.containerRuntime} runtime)`, () =>
    start(options.profile, createArguments(options, node.image)),
  );
}

/** Starts a cluster that exists, as it is. */
export async function startCluster(profile: string, progress: Progress): Promise<void> {
  await progress.step("minikube start (stopped cluster)", () =>
    start(profile, startArguments(profile)),
  );
}

async function start(profile: string, args: readonly string[]): Promise<void> {
  await runMinikube(["start", ...args], {
    log: `minikube-${profile}`,
    hint:
      `remove the cause named above and run the same command again, which goes on with the same cluster; or begin anew: ` +
      `npm run offline -- down (deletes the cluster and its data), then again.`,
  });
}

/** The arguments of `minikube start` for a cluster that exists. */
export function startArguments(profile: string): string[] {
  return [
    `--profile=${profile}`,
    // Without it the docker driver refuses root.
    ...(process.getuid?.() === 0 ? ["--force"] : []),
    "--interactive=false",
    // Minikube's archive of images is a download.
    "--preload=false",
    "--wait=all",
  ];
}

/** The arguments of `minikube start` for a new cluster. */
export function createArguments(options: ClusterOptions, nodeImageName: string): string[] {
  return [
    ...startArguments(options.profile),
    "--driver=docker",
    `--container-runtime=${options.containerRuntime}`,
    `--kubernetes-version=${kubernetesVersion}`,
    `--base-image=${nodeImageName}`,
    "--cni=bridge",
    "--embed-certs",
    `--cpus=${options.cpus}`,
    `--memory=${options.memoryMiB}m`,
    ...options.nodePorts.map((port) => `--ports=127.0.0.1:${port}:${port}`),
    // kubeadm writes an IPv4 address in brackets into a URL, which the net/url of newer Go refuses.
    "--extra-config=kubeadm.ignore-preflight-errors=HTTPProxyCIDR",
  ];
}
