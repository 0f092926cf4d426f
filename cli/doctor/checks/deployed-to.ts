import { type ClusterComparison, inWords, refusalOf } from "../../stack/same-cluster";
import type { Finding } from "../finding";

/** Checks that the settings lead to the cluster that the stack is deployed to. */
export function deployedToFinding(
  comparison: Omit<ClusterComparison, "state"> | undefined,
  stack: string,
): Finding {
  const check = "deployed to";
  if (comparison?.recorded.deployed !== true) {
    return { check, state: "ok", found: `Nothing of stack ${stack} is deployed.` };
  }
  const refusal = refusalOf(comparison, stack);
  if (refusal !== undefined) {
    return { check, state: "fix", found: refusal.message, hint: refusal.hint };
  }
  const { relation, recorded } = comparison;
  const cluster = inWords(recorded);
  switch (relation) {
    case "deleted":
      return {
        check,
        state: "note",
        found: `${cluster} was deleted, and everything in it.`,
        hint: "`npm run up` creates it anew; `npm run destroy` forgets it.",
      };
    case "recreated":
      return {
        check,
        state: "note",
        found: `${cluster} was deleted, and another one has its name now.`,
        hint: "`npm run up` deploys to it; `npm run destroy` forgets the former one.",
      };
    case "unreachable":
      return { check, state: "skipped", found: `${cluster} doesn't answer.` };
    default:
      return recorded.uid === undefined
        ? {
            check,
            state: "note",
            found: `${cluster}: nothing tells it apart from others but its name and namespaces.`,
            hint: "The next `npm run up` records its identity, if the kubeconfig's user may read kube-system.",
          }
        : { check, state: "ok", found: `${cluster}, the one that the settings name.` };
  }
}
