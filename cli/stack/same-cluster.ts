import { UserError } from "../../lib/errors";
import {
  type ClusterIdentity,
  type ClusterRelation,
  compareIdentity,
  type LiveCluster,
  type RecordedCluster,
} from "../../lib/kubernetes/cluster-identity";
import { leadsToProfile } from "../../lib/minikube/own-profile";
import type { Progress } from "../../lib/progress/progress";
import type { Detected } from "../environment/environment";
import { type ClusterToAsk, readLiveCluster } from "./live-cluster";
import type { StackEnvironment } from "./run-pulumi";
import { prepareBackend, refuseSecondState } from "./select-stack";
import { findState, recordedCluster, type StackState } from "./state";

/** The cluster that a stack was deployed to, compared with the one that its settings name. */
export interface ClusterComparison {
  relation: ClusterRelation;
  recorded: RecordedCluster;
  configured: ClusterIdentity;
  live: LiveCluster;
  /** The stack's state, from which `recorded` comes. */
  state: StackState;
}

/** What a command may do. */
export interface Permission {
  /** Whether the command creates a cluster that is missing. @default false */
  mayCreate?: boolean;
}

/** What the comparison needs to know of the machine and the stack. */
export type ComparedEnvironment = StackEnvironment & ClusterToAsk & Pick<Detected, "added">;

/**
 * Compares the recorded cluster with the configured one.
 *
 * @returns undefined where nothing is deployed, or Pulumi isn't installed yet.
 * @throws UserError where another backend than the chosen one has the stack's state.
 */
export async function compareCluster(
  environment: ComparedEnvironment,
  progress: Pick<Progress, "note">,
): Promise<ClusterComparison | undefined> {
  if (environment.tools.pulumi === undefined) return undefined;
  prepareBackend(environment, progress);
  await refuseSecondState(environment);
  const state = await findState(environment);
  const recorded = state && recordedCluster(state);
  if (state === undefined || recorded === undefined) return undefined;
  const live = await readLiveCluster(environment, recorded);
  const { target, cluster } = environment;
  const minikube = leadsToProfile(target.context, target.kubeconfigPaths, cluster.profile);
  const configured = { ...target.identity, uid: live.uid, minikube };
  return {
    relation: compareIdentity(recorded, configured, live),
    recorded,
    configured,
    live,
    state,
  };
}

/**
 * Compares as {@link compareCluster} does, and refuses where the command would touch, lose or create
 * another cluster than the one that the stack is deployed to.
 *
 * @throws UserError that names both clusters or both states, and what to do.
 */
export async function assertSameCluster(
  environment: ComparedEnvironment,
  progress: Pick<Progress, "note">,
  permission: Permission = {},
): Promise<ClusterComparison | undefined> {
  const comparison = await compareCluster(environment, progress);
  const refusal = comparison && refusalOf(comparison, environment.stack, permission);
  if (refusal !== undefined) throw refusal;
  return comparison;
}

/** Returns why a command must not go on; undefined where it may. */
export function refusalOf(
  { relation, recorded, configured, live }: Omit<ClusterComparison, "state">,
  stack: string,
  { mayCreate = false }: Permission = {},
): UserError | undefined {
  const before = inWords(recorded);
  const now =
    live.state === "missing" ? `"${configured.context}" (not found)` : inWords(configured);
  const forget = `npm run destroy -- --stack ${stack} --forget`;
  const ways = (back: string) =>
    `To go back: ${back}. To move: go back, \`npm run destroy -- --stack ${stack}\`, and deploy again; or ` +
    `create another stack (\`npm run stack:new\`). To leave everything there and forget it: \`${forget}\`.`;
  switch (relation) {
    case "same":
    case "recreated":
    case "deleted":
    case "undeployed":
      return undefined;
    case "other-context": {
      const one = recorded.uid !== undefined && recorded.uid === live.uid;
      const set = `\`npm run pulumi -- config set context ${recorded.context ?? ""} --stack ${stack}\``;
      return new UserError(
        `Stack ${stack} is deployed to the cluster ${before}, but its settings name ${now}.` +
          (one ? " Both are one cluster, but Pulumi would replace every object." : ""),
        ways(set),
      );
    }
    case "other-cluster":
      return new UserError(
        `Stack ${stack} is deployed to the cluster ${before}, but that context leads to another one now: ${now}.`,
        ways("let the context lead to the first cluster again"),
      );
    case "foreign-namespace": {
      const [name = "", uid] = [...live.namespaces].find(([, found]) => found !== undefined) ?? [];
      const uids = recorded.namespaces.find((namespace) => namespace.name === name)?.uid;
      return new UserError(
        `The namespace "${name}" in the cluster ${now} isn't the one that stack ${stack} created in ${before}: ` +
          `its UID is ${uid ?? "unknown"}, expected ${uids ?? "unknown"}.`,
        `If nobody needs it, delete it and run this again; else set another \`namespace\`. To leave it and ` +
          `forget what was deployed: \`${forget}\`.`,
      );
    }
    case "unreachable":
      // A state of a former version can't tell its Minikube from a new one.
      return live.state === "silent" || (mayCreate && !isIdentified(recorded))
        ? undefined
        : new UserError(
            `Stack ${stack} is deployed to the cluster ${before}, which can't be found: the kubeconfig has no such ` +
              "context. That doesn't mean that the cluster is gone.",
            `Use the kubeconfig and the Minikube folder that it was created with. If it is gone for good: \`${forget}\`.`,
          );
  }
}

/** Whether the state tells more of its cluster than a name. States of former versions don't. */
function isIdentified({ uid, authority, minikube }: RecordedCluster): boolean {
  return uid !== undefined || authority !== undefined || minikube === false;
}

/** Returns a cluster's name, address and UID. */
export function inWords({ context, server, uid }: Partial<ClusterIdentity>): string {
  return `"${context ?? "unknown"}" (API server ${server ?? "unknown"}, UID of kube-system ${uid ?? "unknown"})`;
}

/** Returns why Pulumi has to read the cluster first; undefined where the state fits it. */
export function refreshReason({
  relation,
  recorded,
  live,
}: Pick<ClusterComparison, "relation" | "recorded" | "live">): string | undefined {
  const absent = recorded.namespaces.find(
    ({ name }) => live.namespaces.has(name) && live.namespaces.get(name) === undefined,
  );
  if (relation === "recreated") return "the Minikube was deleted and created anew";
  if (absent === undefined) return undefined;
  return `the namespace "${absent.name}" that was deployed isn't in this cluster`;
}
