import { setTimeout as pause } from "node:timers/promises";
import type { Progress } from "../../../lib/progress/progress";
import { lookAtCluster } from "../detect/cluster";
import { UserError } from "../../../lib/errors";
import { reach as askNetwork, type Reach } from "../detect/reachable";
import { bringCluster } from "./cluster";
import { gatherFacts } from "../detect/facts";
import { toolFile, kubectlOf, environmentOf, type Environment } from "../environment";
import { plan } from "../decide/decide";
import { bringPlugins } from "./plugins";
import { survey } from "../detect/survey";
import { bringTools, everythingBySandbox } from "./tools";
import { checkCluster, type ClusterWish } from "../decide/check-cluster";

/** What {@link prepare} is asked for. */
export interface PrepareOptions {
  root: string;
  stack: string;
  cluster: ClusterWish;
  env?: NodeJS.ProcessEnv;
  reach?: Reach;
}

/**
 * Makes the machine that a stack needs, as far as it isn't there: tools, docker engine, cluster,
 * plugins. What is there is used as it is.
 */
export async function prepare(options: PrepareOptions, progress: Progress): Promise<Environment> {
  const env = options.env ?? process.env;
  const found = await progress.step("Look at what is there", async () => {
    const seen = await survey(options.root, options.stack, env);
    checkCluster(seen, options.cluster);
    return seen;
  });
  const gone = found.cluster.state === "missing" && options.cluster === "start";
  const facts = await gatherFacts(found, env, options.reach ?? askNetwork, progress);
  const steps = plan({
    ...facts,
    // A cluster that is gone isn't made to be destroyed, and one that runs is as good as it was.
    ...(gone ? { cluster: "running", engineProblem: undefined } : {}),
    clusterOfSandbox:
      facts.clusterOfSandbox && (options.cluster === "make" || found.cluster.state !== "running"),
  });

  const tools = await bringTools(found, steps, progress);
  const machine = environmentOf({ ...found, tools, pulumiHome: found.plugins.home }, env);
  const [home] = await Promise.all([
    bringPlugins(found, steps.plugins, toolFile(machine, "pulumi"), machine.env, progress),
    steps.cluster === "use" || everythingBySandbox(steps)
      ? undefined
      : bringCluster(
          found,
          steps.cluster,
          { minikube: tools.minikube, reachable: facts.reachable("cluster"), env: machine.env },
          progress,
        ),
  ]);
  const cluster = await lookAtCluster(found.settings, env, found.directories.home);
  const complete = environmentOf({ ...machine, pulumiHome: home, cluster }, env);
  if (!gone) await waitUntilReady(complete);
  return complete;
}

/** A cluster that has just been started may need a moment before its API server answers. */
async function waitUntilReady(machine: Environment): Promise<void> {
  const kubectl = kubectlOf(machine);
  const deadline = Date.now() + 60_000;
  while (!(await kubectl.ready())) {
    if (Date.now() > deadline) {
      const answer = await kubectl.run(["get", "--raw", "/readyz"], { timeoutMs: 5000 });
      throw new UserError(
        `The cluster "${machine.settings.context}" doesn't get ready: ${(answer.stderr || answer.stdout).trim()}`,
        `\`minikube stop -p ${machine.settings.context}\` and \`npm run up\` start it anew.`,
      );
    }
    await pause(1000);
  }
}
