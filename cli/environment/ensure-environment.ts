import type { Progress } from "../../lib/progress/progress";
import { configFlags } from "../stack/config-flags";
import { checkCluster, type ClusterRequirement } from "./decide/check-cluster";
import { decide } from "./decide/decide";
import { detect } from "./detect/detect";
import { detectReachability, type Probe, probe as probeNetwork } from "./detect/reachability";
import type { Detected, Environment } from "./environment";
import { provide } from "./provide/provide";

/** Arguments of {@link ensureEnvironment}. */
export interface EnsureOptions {
  /** The project's folder. */
  root: string;
  stack: string;
  /** The command's further arguments: some of Pulumi's flags change the configuration. @default none */
  args?: readonly string[];
  /** What the command requires of the cluster. */
  cluster: ClusterRequirement;
  /** Refuses what was detected, before anything is changed or created. @default nothing is refused */
  refuse?: (detected: Detected) => Promise<unknown>;
  /** The user's environment. @default process.env */
  env?: NodeJS.ProcessEnv;
  /** How the network is probed. @default HEAD requests */
  probe?: Probe;
}

/**
 * Provides the machine that a stack needs: detects what is there, decides how the rest is provided, and
 * provides it. What is there is used as it is.
 *
 * @throws UserError where a requirement can't be met.
 */
export async function ensureEnvironment(
  {
    root,
    stack,
    args = [],
    cluster,
    refuse,
    env = process.env,
    probe = probeNetwork,
  }: EnsureOptions,
  progress: Progress,
): Promise<Environment> {
  const found = await progress.step("Check the machine", async () => {
    const detected = await detect(root, stack, env, configFlags(args));
    await refuse?.(detected);
    checkCluster(detected, cluster);
    return detected;
  });
  const reachability = await detectReachability(found, env, probe, progress);
  const steps = decide(found, reachability, cluster);
  return provide(found, steps, reachability, env, progress);
}
