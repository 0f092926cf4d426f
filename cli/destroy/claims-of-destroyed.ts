import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { StackEnvironment } from "../stack/run-pulumi";
import { findState, type StackState, type StateResource } from "../stack/state";
import { deleteClaims } from "../volumes/delete-claims";

/**
 * Reads the state after a destroy, and deletes the claims of the databases that are in it no more.
 *
 * @param before the state before the destroy.
 * @returns the number of resources that a partial destroy has left.
 */
export async function deleteClaimsOfDestroyed(
  environment: StackEnvironment,
  kubectl: Pick<Kubectl, "run">,
  before: StackState,
): Promise<number> {
  // pulumi's flags may have left a part (--target), or removed the stack too (--remove).
  const after = (await findState(environment)) ?? { resources: [] };
  await deleteClaims(kubectl, environment.target, before, after);
  return stillDeployed(after).length;
}

/**
 * Returns the resources that a destroy has left in the state, such as one with `--target`; without the stack
 * itself, its providers and components, which stand for nothing in the cluster. A destroy of an empty stack
 * that runs the program leaves these.
 */
export function stillDeployed({ resources }: StackState): StateResource[] {
  return resources.filter(
    // Only what a provider manages has an id.
    ({ type, id }) => id !== undefined && !type.startsWith("pulumi:providers:"),
  );
}
