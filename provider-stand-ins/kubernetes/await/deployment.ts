import type { JsonObject } from "../../protocol/values";
import { at, condition, count, isOwnedBy, text } from "../api/json-fields";
import { placeOf } from "../api/place";
import type { Awaited, Look } from "./look";
import { problemsOfPods } from "./pod-findings";

const REVISION_ANNOTATION = "deployment.kubernetes.io/revision";
const replicaSets = { apiVersion: "apps/v1", plural: "replicasets", namespaced: true };

/**
 * Waits for a Deployment: it is ready when its newest ReplicaSet has all its pods and the rollout is complete.
 */
export function lookAtDeployment({ cluster, kind, changed, signal }: Awaited): () => Promise<Look> {
  const place = placeOf(kind, changed);
  const generation = count(changed, "metadata", "generation");
  return async () => {
    const deployment = await cluster.object(place, { signal });
    const sets = await cluster.list({ kind: replicaSets, namespace: place.namespace }, {}, signal);
    const revision = text(deployment, "metadata", "annotations", REVISION_ANNOTATION);
    const current = sets.find(
      (set) =>
        isOwnedBy(set, deployment) &&
        text(set, "metadata", "annotations", REVISION_ANNOTATION) === revision,
    );
    const observed = count(deployment, "status", "observedGeneration") >= generation;
    const wanted = count(current ?? deployment, "spec", "replicas");
    const ready = count(current, "status", "readyReplicas");
    const rolledOut =
      condition(deployment, "Progressing")?.reason === "NewReplicaSetAvailable" &&
      condition(deployment, "Progressing")?.status === "True";
    const available = condition(deployment, "Available")?.status === "True";
    // The first revision replaces nothing, so there is no rollout to complete.
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
  const first = text(at(deployment, "metadata", "annotations"), REVISION_ANNOTATION) === "1";
  if (!available) return [...found, "Minimum number of live Pods was not attained"];
  const unfinished = first
    ? "Minimum number of Pods to consider the application live was not attained"
    : "Attempted to roll forward to new ReplicaSet, but minimum number of Pods did not become live";
  return [...found, unfinished];
}
