import type { StackState, StateResource } from "../stack/state";

/**
 * Returns the resources that a destroy has left in the state, such as one with `--target`; without the stack
 * itself and its providers, which stand for nothing in the cluster.
 */
export function stillDeployed({ resources }: StackState): StateResource[] {
  return resources.filter(
    ({ type }) => type !== "pulumi:pulumi:Stack" && !type.startsWith("pulumi:providers:"),
  );
}
