/**
 * The sandbox: the machine that the chatbot runs on, made from package registries alone, for places
 * where release downloads can't be reached. Debian's docker engine, the Pulumi CLI, helm and the real
 * Minikube, built from pinned Go modules, and base images from Debian and npm packages.
 *
 * Every function does only what is missing, may be interrupted and called again, and may run beside
 * the others: what two of them need is made once.
 */
import { ensureCluster } from "./cluster";
import { ensureTools } from "./tools";
import type { ClusterOptions } from "./types";
import type { Progress } from "../lib/progress/progress";
import type { Tool } from "../lib/versions";

export { down, ensureCluster } from "./cluster";
export { CommandFailed } from "./core/command";
export { ensureEngine } from "./engine";
export { unsupported } from "./machine";
export { baseImages } from "./pins";
export { ensurePlugins } from "./plugins";
export { status } from "./status";
export { builtTools, ensureTools } from "./tools";
export type * from "./types";

/**
 * Tools, engine and cluster together, as much as possible side by side: the quickest way from
 * nothing. Returns the folder to put first on PATH.
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
