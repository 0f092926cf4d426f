import type { ClusterOptions } from "../../../offline";
import type { Progress } from "../../../lib/progress/progress";
import * as sandbox from "../../../offline";
import { clamp } from "../decide/node-size";
import { takenPorts } from "../detect/host-ports";
import { creationArguments, restartArguments, startMinikube } from "./start-minikube";
import { UserError } from "../../../lib/errors";
import { pinnedNodePorts } from "../../../settings";
import type { Located } from "../detect/locate-tool";
import type { Plan } from "../decide/decide";
import { machineSize } from "../detect/machine-size";
import type { Survey } from "../detect/survey";

/**
 * What a new cluster is made with: the settings, cut to what the machine has. For one that exists only
 * its name counts.
 *
 * @throws UserError where the machine is too small, or a port that is to be published is taken.
 */
export async function clusterOptions(found: Survey, progress: Progress): Promise<ClusterOptions> {
  const { settings, cluster } = found;
  const { cpus, memory, containerRuntime, addons } = settings.minikube;
  const asked = { cpus, memoryMiB: memory };
  const nodePorts = [...new Set([...pinnedNodePorts(settings), ...settings.minikube.publishPorts])];
  const options = { profile: settings.context, containerRuntime, nodePorts, addons };
  if (cluster.state !== "missing") return { ...options, ...asked };

  const size = clamp(asked, machineSize(found.engine));
  if ("tooSmall" in size) {
    throw new UserError(
      `${size.tooSmall}.`,
      "Give the machine (or Docker's virtual machine) more, or set `context` to another cluster.",
    );
  }
  for (const note of size.notes) progress.note(note);
  const taken = await takenPorts(nodePorts);
  if (taken.length > 0) {
    throw new UserError(
      `The cluster is to publish port ${taken.join(" and ")} on 127.0.0.1, which another program has taken.`,
      "End that program, or set another port: " +
        `\`npm run pulumi -- config set --path frontend.service.nodePort 30081 --stack ${found.stack}\`.`,
    );
  }
  return { ...options, cpus: size.cpus, memoryMiB: size.memoryMiB };
}

/** What a cluster is brought with. */
export interface Means {
  minikube: Located | undefined;
  /** Whether the images of a new one can be downloaded. */
  reachable: boolean;
  env: NodeJS.ProcessEnv;
}

/** Starts or makes the cluster. */
export async function bringCluster(
  found: Survey,
  step: Exclude<Plan["cluster"], "use">,
  { minikube, reachable, env }: Means,
  progress: Progress,
): Promise<void> {
  const { context, kubeconfig } = found.settings;
  const { driver, diskSize, kubernetesVersion } = found.settings.minikube;
  const title = `${found.cluster.state === "missing" ? "Make" : "Start"} the cluster "${context}"`;
  if (step === "sandbox" && found.cluster.state === "running") {
    await sandbox.ensureCluster(await clusterOptions(found, progress), progress);
    return;
  }
  await progress.step(title, async () => {
    const options = await clusterOptions(found, progress);
    if (step === "sandbox") {
      await sandbox.ensureCluster(options, progress);
      return;
    }
    if (minikube === undefined) throw new UserError("minikube is missing.", "`npm run doctor`");
    const args =
      step === "start"
        ? restartArguments(context)
        : creationArguments({ ...options, driver, diskSize, kubernetesVersion });
    if (step === "create" && !reachable) {
      progress.note("its images can't be downloaded from here: Minikube needs them in its cache");
    }
    const where = kubeconfig === "" ? {} : { KUBECONFIG: kubeconfig };
    await startMinikube(minikube.file, args, { ...env, ...where }, progress);
  });
}
