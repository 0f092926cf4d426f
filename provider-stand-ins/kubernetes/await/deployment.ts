/** A Deployment is ready when its newest ReplicaSet has all its pods, and the old ones are gone. */
import type { JsonObject } from "../../protocol/values";
import { at, condition, count, isOwnedBy, text } from "../json";
import { placeOf } from "../target";
import { problemsOfPods } from "./pods";
import type { Watched } from "./ready";
import type { Look } from "./wait";

const REVISION = "deployment.kubernetes.io/revision";
const REPLICA_SETS = { apiVersion: "apps/v1", plural: "replicasets", namespaced: true };

/** Looks at a Deployment, its newest ReplicaSet and that one's pods. */
export function lookAtDeployment({ target, changed, signal }: Watched): () => Promise<Look> {
  const { cluster } = target.connection;
  const place = placeOf(target.kind, changed);
  const generation = count(changed, "metadata", "generation");
  return async () => {
    const deployment = await cluster.object(place, { signal });
    const sets = await cluster.list({ kind: REPLICA_SETS, namespace: place.namespace }, {}, signal);
    const revision = text(deployment, "metadata", "annotations", REVISION);
    const current = sets.find(
      (set) =>
        isOwnedBy(set, deployment) && text(set, "metadata", "annotations", REVISION) === revision,
    );
    const observed = count(deployment, "status", "observedGeneration") >= generation;
    const wanted = count(current ?? deployment, "spec", "replicas");
    const ready = count(current, "status", "readyReplicas");
    const rolledOut =
      condition(deployment, "Progressing")?.reason === "NewReplicaSetAvailable" &&
      condition(deployment, "Progressing")?.status === "True";
    const available = condition(deployment, "Available")?.status === "True";
    // The first revision has nothing to be rolled out from.
    const settled = rolledOut || revision === "1";
    return {
      done: observed && current !== undefined && available && settled && ready >= wanted,
      object: deployment,
      status: `Waiting for app ReplicaSet to be available (${ready}/${wanted} Pods available)`,
      problems: async () => [
        ...problemsOf(deployment, available),
        ...(current === undefined ? [] : await problemsOfPods(cluster, current, signal)),
      ],
    };
  };
}

function problemsOf(deployment: JsonObject, available: boolean): string[] {
  const found = ["Progressing", "Available", "ReplicaFailure"].flatMap((type) => {
    const entry = condition(deployment, type);
    const bad = type === "ReplicaFailure" ? "True" : "False";
    if (entry?.status !== bad) return [];
    return [`[${text(entry, "reason")}] ${text(entry, "message")}`];
  });
  const first = text(at(deployment, "metadata", "annotations"), REVISION) === "1";
  if (!available) return [...found, "Minimum number of live Pods was not attained"];
  const unfinished = first
    ? "Minimum number of Pods to consider the application live was not attained"
    : "Attempted to roll forward to new ReplicaSet, but minimum number of Pods did not become live";
  return [...found, unfinished];
}
