import type { ConsoleProgress } from "../../lib/progress/console-progress";
import type { Detected } from "../environment/environment";
import { pulumiOutput, type StackEnvironment } from "../stack/run-pulumi";
import { type ClusterComparison, inWords } from "../stack/same-cluster";
import { prepareBackend, refuseSecondState } from "../stack/select-stack";
import { findState, nodeImageNames, recordedCluster, type StackState } from "../stack/state";

type Printer = Pick<ConsoleProgress, "say" | "note">;

/** What is needed to forget a stack: its backend and Pulumi, but not its cluster. */
export type EnvironmentToForget = StackEnvironment & Pick<Detected, "added" | "directories">;

/** Removes everything from a stack's state and touches nothing else, and says what stays where. */
export async function forgetStack(
  environment: EnvironmentToForget,
  progress: Printer,
): Promise<void> {
  prepareBackend(environment, progress);
  await refuseSecondState(environment);
  const state = await findState(environment);
  if (state === undefined) {
    progress.say(`There is no stack ${environment.stack}, so there is nothing to forget.`);
    return;
  }
  for (const line of whatStays(environment, state)) progress.say(line);
  await emptyState(environment, state, progress);
}

/** Removes everything from the state of a stack whose Minikube was deleted, and all that it had deployed. */
export async function forgetDeleted(
  environment: StackEnvironment,
  { relation, recorded, state }: Pick<ClusterComparison, "relation" | "recorded" | "state">,
  progress: Printer,
): Promise<void> {
  const since = relation === "recreated" ? " and created anew since" : "";
  progress.say(
    `The Minikube ${inWords(recorded)} was deleted${since}, and with it everything that the stack had deployed.`,
  );
  await emptyState(environment, state, progress);
}

/** Removes everything from the state of a stack that has nothing in the recorded cluster, and can't reach it. */
export async function forgetUndeployed(
  environment: StackEnvironment,
  { recorded, state }: Pick<ClusterComparison, "recorded" | "state">,
  progress: Printer,
): Promise<void> {
  progress.say(
    `The first update failed before it deployed anything to the cluster ${inWords(recorded)}, and the settings ` +
      "don't lead there any more.",
  );
  for (const line of whatStays(environment, state)) progress.say(line);
  await emptyState(environment, state, progress);
}

/** Returns what a state knows of, and how to delete it by hand. */
export function whatStays({ target }: Pick<Detected, "target">, state: StackState): string[] {
  const recorded = recordedCluster(state);
  if (recorded?.deployed !== true) {
    const images = nodeImageNames(state).join(", ");
    const stay = ` Images stay in the nodes of ${inWords(recorded ?? {})}: ${images}`;
    return [`Nothing of the stack is deployed.${images === "" ? "" : stay}`];
  }
  const { context = target.context, kubeconfig, namespaces } = recorded;
  const objects = state.resources.filter(({ type }) => type.startsWith("kubernetes:"));
  const former = target.with({ context, kubeconfig });
  return [
    `Nothing is deleted. In the cluster ${inWords(recorded)} stay, if it still exists:`,
    `  ${objects.length} objects of Kubernetes and the release's, and the images in its nodes`,
    ...namespaces.map(
      ({ name }) => `  the namespace "${name}": \`${former.kubectl(`delete namespace ${name}`)}\``,
    ),
  ];
}

async function emptyState(
  environment: StackEnvironment,
  { resources }: StackState,
  progress: Printer,
): Promise<void> {
  if (resources.length === 0) return;
  await pulumiOutput(environment, [
    ...["state", "delete", "--all", "--force", "--yes"],
    ...["--stack", environment.stack],
  ]);
  progress.say(`Removed ${resources.length} resources from the stack's state.`);
}
