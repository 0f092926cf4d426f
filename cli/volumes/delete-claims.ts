import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { StackState } from "../stack/state";

/** Deletes the volumes' claims of a destroyed stack in a namespace that stays; they go with one that doesn't. */
export async function deleteClaims(
  kubectl: Pick<Kubectl, "run">,
  state: StackState,
): Promise<void> {
  for (const { namespace, name } of claimsOf(state)) {
    await kubectl.run(["delete", "pvc", name, "-n", namespace, "--ignore-not-found"], {
      timeoutMs: 60_000,
    });
  }
}

/** Returns the claims that the StatefulSets of a state have: Kubernetes keeps them when it deletes a StatefulSet. */
export function claimsOf({ resources }: StackState): { namespace: string; name: string }[] {
  return resources
    .filter(({ type }) => type === "kubernetes:apps/v1:StatefulSet")
    .map(({ id = "" }) => id.split("/"))
    .map(([namespace = "", name = ""]) => ({ namespace, name: `data-${name}-0` }));
}
