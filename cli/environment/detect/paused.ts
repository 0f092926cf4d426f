import { run } from "../../../lib/process/run";
import { type Detected, toolFile } from "../environment";

/**
 * Whether the target is a Minikube that was paused (`minikube pause`): its processes are frozen, and its
 * address still accepts connections. Asking takes a second or two: only a cluster that doesn't answer is asked.
 */
export async function isPaused(
  environment: Pick<Detected, "cluster" | "target" | "tools" | "env">,
): Promise<boolean> {
  const { cluster, target, tools, env } = environment;
  if (cluster.profile === undefined || tools.minikube === undefined) return false;
  const args = ["-p", target.context, "status", "--output=json"];
  // Its exit code is that of a cluster which isn't running; what it prints counts.
  const { stdout } = await run(toolFile(environment, "minikube"), args, {
    env: { ...env, ...target.environment },
    timeoutMs: 30_000,
  });
  return saysPaused(stdout);
}

/** Reads the output of `minikube status --output=json`: one object, or a list with one for each node. */
export function saysPaused(output: string): boolean {
  try {
    const status = JSON.parse(output) as { APIServer?: string } | { APIServer?: string }[];
    return [status].flat().some(({ APIServer }) => APIServer === "Paused");
  } catch {
    return false;
  }
}
