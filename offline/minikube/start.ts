import type { Progress } from "../../lib/progress/progress";
import { ensureInEngine } from "../images/engine-images";
import { nodeImage } from "../node-image";
import { KUBERNETES_VERSION } from "../pins";
import type { ClusterOptions } from "../types";
import { ensureMinikubeCache } from "./download-cache";
import { runMinikube } from "./run-minikube";

/** Creates a new cluster from what is built here, so that Minikube downloads nothing. */
export async function createCluster(options: ClusterOptions, progress: Progress): Promise<void> {
  const node = nodeImage();
  await Promise.all([ensureMinikubeCache(progress), ensureInEngine(node, progress)]);
  await progress.step(`minikube start (${options.containerRuntime} runtime)`, () =>
    start(options.profile, createArguments(options, node.image)),
  );
}

/** Starts an existing cluster without changing its configuration. */
export async function startCluster(profile: string, progress: Progress): Promise<void> {
  await progress.step("minikube start (stopped cluster)", () =>
    start(profile, startArguments(profile)),
  );
}

async function start(profile: string, args: readonly string[]): Promise<void> {
  await runMinikube(["start", ...args], {
    log: `minikube-${profile}`,
    hint:
      "Fix the cause named above and run the same command again, which continues with the same cluster. Or start over: " +
      "npm run offline -- down (deletes the cluster and its data), then the same command.",
  });
}

/** Returns the arguments of `minikube start` for an existing cluster. */
export function startArguments(profile: string): string[] {
  return [
    `--profile=${profile}`,
    // The docker driver refuses root without it.
    ...(process.getuid?.() === 0 ? ["--force"] : []),
    "--interactive=false",
    // The preload is an archive of images that Minikube would download.
    "--preload=false",
    "--wait=all",
  ];
}

/** Returns the arguments of `minikube start` for a new cluster. */
export function createArguments(options: ClusterOptions, nodeImageName: string): string[] {
  return [
    ...startArguments(options.profile),
    "--driver=docker",
    `--container-runtime=${options.containerRuntime}`,
    `--kubernetes-version=${KUBERNETES_VERSION}`,
    `--base-image=${nodeImageName}`,
    "--cni=bridge",
    "--embed-certs",
    `--cpus=${options.cpus}`,
    `--memory=${options.memoryMiB}m`,
    ...options.nodePorts.map((port) => `--ports=127.0.0.1:${port}:${port}`),
    // This check writes an IPv4 address in brackets into a URL, which net/url of newer Go versions refuses.
    "--extra-config=kubeadm.ignore-preflight-errors=HTTPProxyCIDR",
  ];
}
