import { UserError } from "../../../lib/errors";
import type { Progress } from "../../../lib/progress/progress";
import { pinnedNodePorts } from "../../../settings";
import { fitNodeSize } from "../decide/node-size";
import { takenPorts } from "../detect/host-ports";
import { machineSize } from "../detect/machine-size";
import type { Detected } from "../environment";
import type { ClusterOptions } from "./offline";

/**
 * Returns what a new cluster is created with: the settings, reduced to what the machine has. Of an
 * existing cluster only the name counts.
 *
 * @throws UserError where the machine is too small, or a port to publish is taken.
 */
export async function clusterOptions(
  { settings, target, cluster, docker, stack }: Detected,
  progress: Progress,
): Promise<ClusterOptions> {
  const { cpus, memory, containerRuntime, addons, publishPorts } = settings.minikube;
  const asked = { cpus, memoryMiB: memory };
  const nodePorts = [...new Set([...pinnedNodePorts(settings), ...publishPorts])];
  const options = { profile: target.context, containerRuntime, nodePorts, addons };
  if (cluster.state !== "missing") return { ...options, ...asked };

  const size = fitNodeSize(asked, machineSize(docker));
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
      `The cluster has to publish port ${taken.join(" and ")} on 127.0.0.1, which another program uses.`,
      "Stop that program, or set another port: " +
        `\`npm run pulumi -- config set --path frontend.service.nodePort 30081 --stack ${stack}\`.`,
    );
  }
  return { ...options, cpus: size.cpus, memoryMiB: size.memoryMiB };
}
