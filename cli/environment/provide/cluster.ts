import type { Progress } from "../../../lib/progress/progress";
import type { Steps } from "../decide/decide";
import type { Reachability } from "../detect/reachability";
import { type Detected, toolFile } from "../environment";
import { clusterOptions } from "./cluster-options";
import { loadOffline } from "./offline";
import { creationArguments, restartArguments, startMinikube } from "./start-minikube";

/** Creates or starts the cluster. */
export async function ensureCluster(
  environment: Detected,
  step: Exclude<Steps["cluster"], "use">,
  { isReachable }: Reachability,
  progress: Progress,
): Promise<void> {
  const { target, cluster, env } = environment;
  if (step === "offline" && cluster.state === "running") {
    await ensureOfflineCluster(environment, progress);
    return;
  }
  const verb = cluster.state === "missing" ? "Create" : "Start";
  await progress.step(`${verb} the cluster "${target.context}"`, async () => {
    if (step === "offline") {
      await ensureOfflineCluster(environment, progress);
      return;
    }
    if (step === "create" && !isReachable("cluster")) {
      progress.note("its images can't be downloaded from here: Minikube needs them in its cache");
    }
    const args = await startArguments(environment, step, progress);
    await startMinikube({ file: toolFile(environment, "minikube"), target, env }, args, progress);
  });
}

async function ensureOfflineCluster(environment: Detected, progress: Progress): Promise<void> {
  const { ensureCluster: ensure } = await loadOffline();
  await ensure(await clusterOptions(environment, progress), progress);
}

async function startArguments(
  environment: Detected,
  step: "start" | "create",
  progress: Progress,
): Promise<string[]> {
  const { driver, diskSize, kubernetesVersion } = environment.settings.minikube;
  const options = await clusterOptions(environment, progress);
  if (step === "start") return restartArguments(environment.target.context);
  return creationArguments({ ...options, driver, diskSize, kubernetesVersion });
}
