import type { ConsoleProgress } from "../../lib/progress/console-progress";
import type { Detected } from "../environment/environment";
import { pulumiOutput, type StackEnvironment } from "../stack/run-pulumi";
import { type ClusterComparison, type ComparedEnvironment, inWords } from "../stack/same-cluster";
import { prepareBackend, refuseSecondState } from "../stack/select-stack";
import { findState, recordedCluster, type StackState } from "../stack/state";

type Printer = Pick<ConsoleProgress, "say" | "note">;

/** Removes everything from a stack's state and touches nothing else, and says what stays where. */
export async function forgetStack(
  environment: ComparedEnvironment,
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

/** Returns what a state knows of, and how to delete it by hand. */
export function whatStays({ target }: Pick<Detected, "target">, state: StackState): string[] {
  const recorded = recordedCluster(state);
  if (recorded === undefined) return ["Nothing of the stack is deployed."];
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
