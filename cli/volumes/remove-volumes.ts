import { setTimeout as pause } from "node:timers/promises";
import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { RunResult } from "../../lib/process/run";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import {
  type DatabaseClaim,
  nodeFolder,
  type PersistentVolume,
  releasedVolumes,
} from "./database-volumes";

/** How volumes are removed: in the cluster by kubectl, and in a node by a shell. */
export interface VolumeTools {
  kubectl: Pick<Kubectl, "run">;
  /** Runs a command in a node of the Minikube profile; undefined where the cluster is none. */
  inNode?: (
    node: string,
    command: readonly string[],
  ) => Promise<Pick<RunResult, "code" | "stderr">>;
  /** Time that the cluster has to delete a volume by itself, in ms. */
  graceMs?: number;
}

/**
 * Removes the volumes that a destroyed database has left, with their data. Minikube's provisioner deletes
 * only what it has created since its last start, so a volume from before a `minikube stop` would stay, and the
 * next database would get its folder. A volume stays if its reclaim policy is Retain, or if anything but
 * Minikube's provisioner has created it.
 *
 * @param claim as it was before the destroy. Without its UID, volumes count as this stack's only where the
 * namespace is gone.
 */
export async function removeVolumes(
  claim: DatabaseClaim,
  tools: VolumeTools,
  progress: Pick<ConsoleProgress, "say">,
): Promise<void> {
  for (const volume of await leftBehind(claim, tools)) {
    const { name } = volume.metadata;
    if (volume.spec.persistentVolumeReclaimPolicy !== "Delete") {
      progress.say(
        `· The volume ${name} stays, with its data: its reclaim policy is ${volume.spec.persistentVolumeReclaimPolicy ?? "unknown"}.`,
      );
      continue;
    }
    const folder = nodeFolder(volume, claim);
    if (folder === undefined || tools.inNode === undefined) continue;
    const problem = await removeVolume(name, folder, tools);
    progress.say(
      problem === undefined
        ? `· Removed the volume ${name} that Minikube's provisioner had left, with its data (${folder} in the node).`
        : `✗ The volume ${name} stays, with its data (${folder} in the node): ${problem}`,
    );
  }
}

/** Waits until the cluster has deleted the volumes of a claim, and returns those that it leaves. */
async function leftBehind(
  claim: DatabaseClaim,
  { kubectl, graceMs = 6000 }: VolumeTools,
): Promise<PersistentVolume[]> {
  const deadline = Date.now() + graceMs;
  for (;;) {
    const left = await releasedVolumes(kubectl, claim);
    if (left.length === 0) return [];
    if (Date.now() >= deadline) return onlyOwn(left, claim, kubectl);
    await pause(Math.min(1000, graceMs));
  }
}

async function onlyOwn(
  volumes: readonly PersistentVolume[],
  { namespace, uid }: DatabaseClaim,
  kubectl: Pick<Kubectl, "run">,
): Promise<PersistentVolume[]> {
  const found = await kubectl.run([
    "get",
    "namespace",
    namespace,
    "--ignore-not-found",
    "-o",
    "name",
  ]);
  const isGone = found.code === 0 && found.stdout.trim() === "";
  return volumes.filter(({ spec }) => isGone || (uid !== undefined && spec.claimRef?.uid === uid));
}

/** Removes the data, then the volume. Returns what went wrong. */
async function removeVolume(
  name: string,
  folder: string,
  { kubectl, inNode }: VolumeTools,
): Promise<string | undefined> {
  const nodes = await kubectl.run(["get", "nodes", "-o", "jsonpath={.items[*].metadata.name}"]);
  if (nodes.code !== 0) return nodes.stderr.trim();
  for (const node of nodes.stdout.split(/\s+/).filter((part) => part !== "")) {
    const removed = await inNode?.(node, ["sudo", "rm", "-rf", "--", folder]);
    if (removed?.code !== 0) return removed?.stderr.trim();
  }
  const deleted = await kubectl.run(["delete", "persistentvolume", name, "--ignore-not-found"]);
  return deleted.code === 0 ? undefined : deleted.stderr.trim();
}
