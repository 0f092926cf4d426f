import { count, text } from "../api/json-fields";
import { placeOf } from "../api/place";
import type { Awaited, Look } from "./look";
import { problemsOfPods } from "./pod-findings";

/** Waits for a StatefulSet: it is ready when all its replicas run the newest revision and are ready. */
export function lookAtStatefulSet({
  cluster,
  kind,
  changed,
  signal,
}: Awaited): () => Promise<Look> {
  const place = placeOf(kind, changed);
  const generation = count(changed, "metadata", "generation");
  return async () => {
    const set = await cluster.object(place, { signal });
    // Until the controller has seen the newest generation the status describes an older one.
    const observed = count(set, "status", "observedGeneration") >= generation;
    const wanted = count(set, "spec", "replicas");
    const ready = count(set, "status", "readyReplicas");
    const [current, update] = [
      text(set, "status", "currentRevision"),
      text(set, "status", "updateRevision"),
    ];
    const byHand = generation > 1 && text(set, "spec", "updateStrategy", "type") === "OnDelete";
    const revisionReady = byHand || (current !== "" && current === update);
    const replicasReady =
      count(set, "status", "replicas") === wanted &&
      ready === wanted &&
      (byHand || count(set, "status", "currentReplicas") === wanted);
    const updated = revisionReady
      ? ready
      : Math.min(ready, count(set, "status", "updatedReplicas"));
    return {
      done: observed && revisionReady && replicasReady,
      object: set,
      status:
        generation <= 1
          ? `[1/2] Waiting for StatefulSet to create Pods (${updated}/${wanted} Pods ready)`
          : `[1/3] Waiting for StatefulSet update to roll out (${updated}/${wanted} Pods ready)`,
      problems: async () => {
        const found = [];
        if (!replicasReady) {
          found.push(`${updated} out of ${wanted} replicas succeeded readiness checks`);
        }
        if (!revisionReady) {
          found.push(
            `StatefulSet controller failed to advance from revision "${current}" to revision "${update}"`,
          );
        }
        return [...found, ...(await problemsOfPods(cluster, set, signal))];
      },
    };
  };
}
