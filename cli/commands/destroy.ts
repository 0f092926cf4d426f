import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../lib/errors";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { duration } from "../../lib/progress/duration";
import { parseArguments } from "../arguments";
import { imagesInNode, imagesInUse, leftoverImages } from "../destroy/leftover-images";
import { leftInCluster, type Leftover } from "../destroy/leftovers";
import { isOfflineProfile } from "../environment/detect/cluster";
import { ensureEnvironment } from "../environment/ensure-environment";
import { type Environment, kubectlOf, toolFile } from "../environment/environment";
import { explainUpdate } from "../explain/explain-update";
import { pulumiOutput, runUpdate } from "../stack/run-pulumi";
import { prepareStack, stackExists } from "../stack/select-stack";
import { nodeImageNames, readState } from "../stack/state";
import type { Command } from "./command";

/** `npm run destroy`: removes everything of the stack from the cluster. */
export const destroy: Command = {
  summary: "remove everything of the stack from the cluster, and show that nothing is left",
  help: `npm run destroy [-- [--stack <stack>] [flags of \`pulumi destroy\`]]

Deletes everything that the stack has created, including the database's volume and the images in Minikube's
node, and checks whether anything is left. A stopped Minikube is started for it. The cluster, the stack's
configuration and the tools stay: \`npm run offline -- down\` or \`minikube delete\` deletes a cluster.`,
  async run({ root, argv, progress }) {
    const { stack, rest } = parseArguments(argv);
    const environment = await ensureEnvironment(
      { root, stack, args: rest, cluster: "existing" },
      progress,
    );
    await prepareStack(environment, progress);
    let images: readonly string[] = [];
    if (!(await stackExists(environment))) {
      progress.say(`There is no stack ${stack}, so nothing of it is deployed.`);
    } else if (environment.cluster.state === "missing") {
      await forget(environment, progress);
      return 0;
    } else {
      const start = Date.now();
      images = nodeImageNames(await readState(environment));
      // With the program's providers: those in the state may have Minikube's former address.
      const result = await runUpdate(environment, [
        "destroy",
        "--yes",
        "--skip-preview",
        "--run-program",
        ...rest,
      ]);
      if (result.code !== 0) return explainUpdate(environment, result, progress);
      progress.say(`✓ Destroyed  ${duration(Date.now() - start)}`);
    }
    if (environment.cluster.state === "missing") return 0;
    const left = await progress.step("Check what is left in the cluster", () =>
      untilEmpty(() => whatIsLeft(environment, images)),
    );
    return report(environment, left, progress);
  },
};

/** Removes all resources from the state of a stack whose cluster is gone, and everything with it. */
async function forget(environment: Environment, progress: ConsoleProgress): Promise<void> {
  const { resources } = await readState(environment);
  progress.say(`The cluster "${environment.target.context}" is gone, and all that was in it.`);
  if (resources.length > 0) {
    await pulumiOutput(environment, [
      ...["state", "delete", "--all", "--force", "--yes"],
      ...["--stack", environment.stack],
    ]);
    progress.say(`Removed its ${resources.length} resources from the stack's state.`);
  }
}

/** Finds what is left in the cluster's API, and of the stack's images in Minikube's node. */
async function whatIsLeft(
  environment: Environment,
  images: readonly string[],
): Promise<Leftover[]> {
  const kubectl = kubectlOf(environment);
  const left = await leftInCluster(kubectl, environment.settings);
  if (images.length === 0 || environment.cluster.profile === undefined) return left;
  const { target, env } = environment;
  const present = await imagesInNode(toolFile(environment, "minikube"), target.context, env);
  const inUse = await imagesInUse(kubectl);
  const stubborn = leftoverImages(images, present, inUse);
  return [...left, ...stubborn.map((name) => ({ kind: "image", name }))];
}

/** Checks until nothing is left, at most 30 s: the cluster deletes a volume only after its claim is gone. */
async function untilEmpty(look: () => Promise<Leftover[]>): Promise<Leftover[]> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const left = await look();
    if (left.length === 0 || Date.now() > deadline) return left;
    await pause(2000);
  }
}

function report(
  environment: Environment,
  left: readonly Leftover[],
  progress: ConsoleProgress,
): number {
  if (left.length > 0) {
    progress.say(`Left in the cluster: ${left.length}`);
    const width = Math.max(...left.map(({ kind }) => kind.length));
    for (const { kind, name } of left) progress.say(`  ${kind.padEnd(width)}  ${name}`);
    throw new UserError(
      "The stack is destroyed, but some of it is left in the cluster.",
      `Others created these, or they need more time: check again with \`npm run destroy -- --stack ${environment.stack}\`.`,
    );
  }
  progress.say("Left in the cluster: nothing");
  const end = isOfflineProfile(environment.cluster.profile)
    ? "npm run offline -- down"
    : environment.target.minikube("delete");
  progress.say(
    environment.cluster.profile === undefined
      ? "The cluster itself is still there."
      : `The cluster itself is still there; \`${end}\` deletes it.`,
  );
  progress.say(`Done in ${progress.total()}`);
  return 0;
}
