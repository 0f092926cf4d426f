import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../lib/errors";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { duration } from "../../lib/progress/duration";
import { DESTROY_VARIABLE } from "../../lib/pulumi/destroying";
import { parseArguments, refuseFurther } from "../arguments";
import { deleteClaimsOfDestroyed } from "../destroy/claims-of-destroyed";
import { detectToForget, orForget } from "../destroy/detect-to-forget";
import { forgetDeleted, forgetStack, forgetUndeployed } from "../destroy/forget-stack";
import { imagesInNode, imagesInUse, leftoverImages } from "../destroy/leftover-images";
import { leftInCluster, type Leftover } from "../destroy/leftovers";
import { isOfflineProfile } from "../environment/detect/cluster";
import { ensureEnvironment } from "../environment/ensure-environment";
import { type Environment, kubectlOf, toolFile } from "../environment/environment";
import { explainUpdate } from "../explain/explain-update";
import { whyNotEnded } from "../preconditions/holders";
import { goesWithAnother, missingReleases } from "../stack/missing-releases";
import { pulumiOutput, runUpdate, type UpdateResult } from "../stack/run-pulumi";
import { assertSameCluster } from "../stack/same-cluster";
import { prepareStack } from "../stack/select-stack";
import { findState, nodeImageNames, type StackState } from "../stack/state";
import { readDatabaseClaim } from "../volumes/database-volumes";
import { removeVolumes } from "../volumes/remove-volumes";
import { volumeTools } from "../volumes/volume-tools";
import type { Command } from "./command";

/** `npm run destroy`: removes everything of the stack from the cluster. */
export const destroy: Command = {
  summary: "remove everything of the stack from the cluster, and show that nothing is left",
  help: `npm run destroy [-- [--stack <stack>] [--forget] [flags of \`pulumi destroy\`]]

Deletes everything that the stack has created, including the database's volume and the images in Minikube's
node, and checks whether anything is left. A stopped Minikube is started for it. The cluster, the stack's
configuration and the tools stay: \`npm run offline -- down\` or \`minikube delete\` deletes a cluster.

Refuses where the settings lead to another cluster than the one that the stack is deployed to, and where that
one can't be found. Of a Minikube that was deleted, only the state is removed.

  npm run destroy -- --forget           remove the stack's state alone: everything in the cluster stays`,
  async run({ root, argv, progress }) {
    const { stack, rest } = parseArguments(argv);
    if (rest.includes("--forget")) {
      refuseFurther(
        "destroy",
        rest.filter((argument) => argument !== "--forget"),
      );
      await forgetStack(await detectToForget(root, stack), progress);
      return 0;
    }
    const environment = await ensureEnvironment(
      {
        root,
        stack,
        args: rest,
        cluster: "existing",
        refuse: (found) => assertSameCluster(found, progress),
      },
      progress,
    ).catch((error: unknown) => {
      throw orForget(error, stack);
    });
    await prepareStack(environment, progress);
    let images: readonly string[] = [];
    const comparison = await assertSameCluster(environment, progress);
    // The volume names its claim by UID, which can't be read any more once the claim is deleted.
    const claim =
      environment.cluster.state === "missing"
        ? undefined
        : await readDatabaseClaim(kubectlOf(environment), environment.settings);
    const state = comparison?.state ?? (await findState(environment));
    if (state === undefined) {
      progress.say(`There is no stack ${stack}, so nothing of it is deployed.`);
    } else if (comparison?.relation === "deleted" || comparison?.relation === "recreated") {
      await forgetDeleted(environment, comparison, progress);
      return 0;
    } else if (comparison?.relation === "undeployed") {
      await forgetUndeployed(environment, comparison, progress);
      return 0;
    } else if (environment.cluster.state === "missing") {
      progress.say(`Nothing of stack ${stack} is deployed.`);
    } else {
      const start = Date.now();
      images = nodeImageNames(state);
      const result = await runDestroy(environment, state, rest, progress);
      if (result.code !== 0) return explainUpdate(environment, result, progress);
      const left = await deleteClaimsOfDestroyed(environment, kubectlOf(environment), state);
      if (left > 0) return reportPart(environment, left, start, progress);
      progress.say(`✓ Destroyed  ${duration(Date.now() - start)}`);
    }
    if (claim === undefined) return 0;
    await removeVolumes(claim, volumeTools(environment), progress);
    const left = await progress.step("Check what is left in the cluster", () =>
      untilEmpty(() => whatIsLeft(environment, images)),
    );
    return report(environment, left, progress);
  },
};

/** Runs `pulumi destroy` with everything that it needs where objects were deleted by hand. */
async function runDestroy(
  environment: Environment,
  state: StackState,
  args: readonly string[],
  progress: ConsoleProgress,
): Promise<UpdateResult> {
  const kubectl = kubectlOf(environment);
  const missing = (await missingReleases(state, kubectl)).filter(
    (release) => !goesWithAnother(state, release),
  );
  if (missing.length > 0) {
    await progress.step("The Helm release is gone already: refresh it in the state", () =>
      pulumiOutput(environment, [
        ...["refresh", "--yes", "--skip-preview", "--stack", environment.stack],
        ...missing.flatMap(({ urn }) => ["--target", urn]),
      ]),
    );
  }
  // With the program's providers: those in the state may have Minikube's former address.
  const result = await runUpdate(
    { ...environment, env: { ...environment.env, [DESTROY_VARIABLE]: "1" } },
    ["destroy", "--yes", "--skip-preview", "--run-program", ...args],
  );
  if (result.code !== 0) {
    const held = await whyNotEnded(kubectl, environment.settings.namespace);
    if (held !== undefined) progress.say(`✗ ${held}`);
  }
  return result;
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
  const present = await imagesInNode(toolFile(environment, "minikube"), target, env);
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

/** Says that the destroy was partial. What is still in the state isn't left over, and neither is its volume. */
function reportPart(
  { stack }: Environment,
  resources: number,
  start: number,
  progress: ConsoleProgress,
): number {
  progress.say(`✓ Destroyed a part  ${duration(Date.now() - start)}`);
  progress.say(
    `This was a partial destroy: ${resources} of the resources of stack ${stack} stay, with their volumes. ` +
      `To delete the rest: \`npm run destroy -- --stack ${stack}\`.`,
  );
  return 0;
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
