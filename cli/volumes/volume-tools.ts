import { run } from "../../lib/process/run";
import { type Environment, kubectlOf, toolFile } from "../environment/environment";
import type { VolumeTools } from "./remove-volumes";

/** Returns what removes volumes that a cluster leaves: kubectl, and for a Minikube a shell in its nodes. */
export function volumeTools(environment: Environment): VolumeTools {
  const { cluster, target, env } = environment;
  const kubectl = kubectlOf(environment);
  if (cluster.profile === undefined) return { kubectl };
  const minikube = toolFile(environment, "minikube");
  return {
    kubectl,
    inNode: (node, command) =>
      run(minikube, ["-p", target.context, "ssh", "-n", node, "--", ...command], {
        env: { ...env, ...target.environment },
        timeoutMs: 60_000,
      }),
  };
}
