import { ClusterTarget } from "../../lib/kubernetes/target";
import type { Environment } from "../environment/environment";

/** Returns the cluster that a stack's settings name. */
export function targetOf({ settings, env }: Pick<Environment, "settings" | "env">): ClusterTarget {
  return new ClusterTarget(settings, env);
}
