import { setTimeout as pause } from "node:timers/promises";
import { parseArguments } from "../arguments";
import { leftInCluster, type Leftover } from "../destroy/leftovers";
import { isOfSandbox } from "../environment/detect/cluster";
import { imagesInNode, imagesInUse, leftoverImages } from "../destroy/leftover-images";
import { UserError } from "../../lib/errors";
import { toolFile, kubectlOf, type Environment } from "../environment/environment";
import { prepare } from "../environment/provide/provide";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { duration } from "../../lib/progress/duration";
import { pulumiOutput, runUpdate } from "../stack/run-pulumi";
import { prepareBackend, stackExists } from "../stack/select-stack";
import { nodeImageNames, readState } from "../stack/state";
import type { Command } from "./command";
import { explainUpdate } from "../explain/explain-update";

/** `npm run destroy`: everything out of the cluster again. */
export const destroy: Command = {
  summary: "take everything of the stack out of the cluster, and show that nothing is left",
  help: `npm run destroy [-- [--stack <stack>] [flags of \`pulumi destroy\`]]

Deletes everything that the stack has made, the database's volume and the images in Minikube's node
included, and looks whether anything is left. A stopped Minikube is started for it. The cluster, the
stack's configuration and the tools stay: \`npm run offline -- down\` or \`minikube delete\` ends a cluster.`,
  async run({ root, argv, progress }) {
    const { stack, rest } = parseArguments(argv);
    const machine = await prepare({ root, stack, cluster: "start" }, progress);
    prepareBackend(machine, progress);
    let images: readonly string[] = [];
    if (!(await stackExists(machine))) {
      progress.say(`There is no stack ${stack}, so nothing of it is deployed.`);
    } else if (machine.cluster.state === "missing") {
      await forget(machine, progress);
      return 0;
    } else {
      const start = Date.now();
      images = nodeImageNames(await readState(machine));
      // With the program's providers: those in the state may point to where Minikube was last time.
      const result = await runUpdate(machine, [
        "destroy",
        "--yes",
        "--skip-preview",
        "--run-program",
        ...rest,
      ]);
      if (result.code !== 0) return explainUpdate(machine, result, progress);
      progress.say(`✓ Destroyed  ${duration(Date.now() - start)}`);
    }
    if (machine.cluster.state === "missing") return 0;
    const left = await progress.step("Look at what is left in the cluster", () =>
      untilEmpty(() => whatIsLeft(machine, images)),
    );
    return report(machine, left, progress);
  },
};

/** A cluster that is gone has taken everything with it; the state is told so. */
async function forget(machine: Environment, progress: ConsoleProgress): Promise<void> {
  const { resources } = await readState(machine);
  progress.say(`The cluster "${machine.settings.context}" is gone, and all that was in it.`);
  if (resources.length > 0) {
    await pulumiOutput(machine, [
      ...["state", "delete", "--all", "--force", "--yes"],
      ...["--stack", machine.stack],
    ]);
    progress.say(`The stack's state has forgotten its ${resources.length} resources.`);
  }
}

/** What is left in the cluster's API, and of the stack's images in Minikube's node. */
async function whatIsLeft(machine: Environment, images: readonly string[]): Promise<Leftover[]> {
  const kubectl = kubectlOf(machine);
  const left = await leftInCluster(kubectl, machine.settings);
  if (images.length === 0 || machine.cluster.profile === undefined) return left;
  const { settings, env } = machine;
  const present = await imagesInNode(toolFile(machine, "minikube"), settings.context, env);
  const inUse = await imagesInUse(kubectl);
  const stubborn = leftoverImages(images, present, inUse);
  return [...left, ...stubborn.map((name) => ({ kind: "image", name }))];
}

/** The cluster deletes a volume only after its claim is gone, and says so a moment later. */
async function untilEmpty(look: () => Promise<Leftover[]>): Promise<Leftover[]> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const left = await look();
    if (left.length === 0 || Date.now() > deadline) return left;
    await pause(2000);
  }
}

function report(
  machine: Environment,
  left: readonly Leftover[],
  progress: ConsoleProgress,
): number {
  if (left.length > 0) {
    progress.say(`Left in the cluster: ${left.length}`);
    const width = Math.max(...left.map(({ kind }) => kind.length));
    for (const { kind, name } of left) progress.say(`  ${kind.padEnd(width)}  ${name}`);
    throw new UserError(
      "The stack is destroyed, but the cluster isn't empty of it.",
      `Someone else made these, or they take their time: look again with \`npm run destroy -- --stack ${machine.stack}\`.`,
    );
  }
  progress.say("Left in the cluster: nothing");
  const end = isOfSandbox(machine.cluster.profile)
    ? "npm run offline -- down"
    : `minikube delete -p ${machine.settings.context}`;
  progress.say(
    machine.cluster.profile === undefined
      ? "The cluster itself is still there."
      : `The cluster itself is still there; \`${end}\` deletes it.`,
  );
  progress.say(`Done in ${progress.total()}`);
  return 0;
}
