import { UserError } from "../../lib/errors";
import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { ClusterTarget } from "../../lib/kubernetes/target";
import { databaseClaimName } from "../../settings";
import type { StackState } from "../stack/state";

/** Names a volume claim in the cluster. */
interface Claim {
  namespace: string;
  name: string;
}

/**
 * Deletes the volumes' claims of the StatefulSets that a destroy has deleted, in a namespace that stays; they go
 * with one that doesn't. The claim of a StatefulSet that is still in the state stays.
 *
 * @param before the state before the destroy.
 * @param after the state after it.
 * @throws UserError that names the claims that the cluster didn't delete.
 */
export async function deleteClaims(
  kubectl: Pick<Kubectl, "run">,
  target: Pick<ClusterTarget, "kubectl">,
  before: StackState,
  after: StackState,
): Promise<void> {
  const kept = new Set(claimsOf(after).map(inWords));
  const problems: string[] = [];
  const byHand: string[] = [];
  for (const claim of claimsOf(before).filter((found) => !kept.has(inWords(found)))) {
    const args = ["delete", "pvc", claim.name, "-n", claim.namespace, "--ignore-not-found"];
    const { code, stderr } = await kubectl.run(args, { timeoutMs: 60_000 });
    if (code === 0) continue;
    problems.push(`${inWords(claim)} (${stderr.trim() || "no answer within 60 s"})`);
    byHand.push(`\`${target.kubectl(args.join(" "))}\``);
  }
  if (problems.length === 0) return;
  throw new UserError(
    `The stack is destroyed, but the cluster didn't delete its volume claim ${problems.join(", ")}.`,
    `Delete it, with its data: ${byHand.join(", ")}.`,
  );
}

/** Returns the claims that the StatefulSets of a state have: Kubernetes keeps them when it deletes a StatefulSet. */
export function claimsOf({ resources }: StackState): Claim[] {
  return resources
    .filter(({ type }) => type === "kubernetes:apps/v1:StatefulSet")
    .map(({ id = "" }) => id.split("/"))
    .map(([namespace = "", name = ""]) => ({ namespace, name: databaseClaimName(name) }));
}

function inWords({ namespace, name }: Claim): string {
  return `${namespace}/${name}`;
}
