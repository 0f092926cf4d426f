import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../../lib/errors";
import type { Progress } from "../../../lib/progress/progress";
import type { Steps } from "../decide/decide";
import { detectCluster } from "../detect/cluster";
import { isPaused } from "../detect/paused";
import type { Reachability } from "../detect/reachability";
import {
  completeEnvironment,
  type Detected,
  type Environment,
  kubectlOf,
  toolFile,
} from "../environment";
import { ensureCluster } from "./cluster";
import { ensurePlugins } from "./plugins";
import { buildsEverything, ensureTools } from "./tools";

/**
 * Does what was decided, and returns the record with everything in place.
 *
 * @param userEnv the user's environment, without additions of this project.
 * @throws UserError where a step fails.
 */
export async function provide(
  found: Detected,
  steps: Steps,
  reachability: Reachability,
  userEnv: NodeJS.ProcessEnv,
  progress: Progress,
): Promise<Environment> {
  const tools = await ensureTools(found, steps, progress);
  const withTools = completeEnvironment<Detected>({ ...found, tools }, userEnv);
  const [plugins] = await Promise.all([
    ensurePlugins(withTools, steps.plugins, toolFile(withTools, "pulumi"), userEnv, progress),
    steps.cluster === "use" || buildsEverything(steps)
      ? undefined
      : ensureCluster(withTools, steps.cluster, reachability, progress),
  ]);
  const target = found.target.reread();
  const cluster = await detectCluster(target, userEnv, found.directories.home);
  const parts = { ...withTools, plugins, target, cluster };
  const environment = completeEnvironment<Environment>(parts, userEnv);
  if (!staysMissing(found, steps)) await waitUntilReady(environment);
  return environment;
}

/** Whether there was no cluster, and none was to be created. */
function staysMissing({ cluster }: Detected, steps: Steps): boolean {
  return cluster.state === "missing" && steps.cluster === "use";
}

/** Waits for the API server, which may need a moment after a cluster has been started. */
async function waitUntilReady(environment: Environment): Promise<void> {
  const kubectl = kubectlOf(environment);
  const { target } = environment;
  const deadline = Date.now() + 60_000;
  let asked = false;
  while (!(await kubectl.ready())) {
    if (!asked && (await isPaused(environment))) {
      throw new UserError(
        `The cluster "${target.context}" is paused.`,
        `\`${target.minikube("unpause")}\`, and run this again.`,
      );
    }
    asked = true;
    if (Date.now() > deadline) {
      const answer = await kubectl.run(["get", "--raw", "/readyz"], { timeoutMs: 5000 });
      throw new UserError(
        `The cluster "${target.context}" doesn't become ready: ${(answer.stderr || answer.stdout).trim()}`,
        `\`${target.minikube("stop")}\` and \`npm run up\` restart it.`,
      );
    }
    await pause(1000);
  }
}
