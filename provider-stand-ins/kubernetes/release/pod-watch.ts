import type { OperationContext } from "../../protocol/provider";
import type { JsonObject } from "../../protocol/values";
import type { Cluster } from "../api/cluster";
import { at, isOwnedBy, text } from "../api/json-fields";
import type { PodState } from "../await/pod-findings";
import { describePod, isReady } from "../await/pod-findings";

const INTERVAL_MS = 2000;
const MAX_FINDINGS = 3;
const podResource = { apiVersion: "v1", plural: "pods", namespaced: true };
const jobResource = { apiVersion: "batch/v1", plural: "jobs", namespaced: true };

/** A watch on the pods of a release. */
export interface PodWatch {
  /** Ends the watch. */
  stop: () => void;
  /** Looks once more, and returns what was wrong with pods when they were last seen. */
  findings: () => Promise<string[]>;
}

/**
 * Watches the pods of a release's hooks, and those with its instance label, while helm works. Helm may delete
 * a failed pod at once, so its log and state must be read before.
 */
export function watchPods(
  cluster: Cluster,
  release: { name: string; namespace: string },
  { log, signal }: OperationContext,
): PodWatch {
  const started = Date.now();
  const seen = new Map<string, PodState>();
  const look = async (): Promise<void> => {
    const { namespace } = release;
    const jobs = await cluster.list({ kind: jobResource, namespace }, {}, signal);
    const hooks = jobs.filter((job) => text(job, "metadata", "annotations", "helm.sh/hook") !== "");
    for (const pod of await cluster.list({ kind: podResource, namespace }, {}, signal)) {
      const isOfHook = hooks.some((job) => isOwnedBy(pod, job)) && isNew(pod, started);
      if (!isOfHook && !isInstance(pod, release.name)) continue;
      const name = text(pod, "metadata", "name");
      if (isReady(pod)) {
        seen.delete(name);
        continue;
      }
      const state = await describePod(cluster, pod, signal);
      if (!state.starting && seen.get(name)?.text !== state.text) log.status(state.text);
      seen.set(name, state);
    }
  };
  // The watch only helps to explain a failure: its own errors don't matter.
  const lookSafely = (): Promise<void> => look().catch(() => undefined);
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(lookSafely);
  }, INTERVAL_MS);
  return {
    stop: () => {
      clearInterval(timer);
    },
    findings: async () => {
      await looking;
      await lookSafely();
      const states = [...seen.values()];
      const wrong = states.filter(({ starting }) => !starting);
      return (wrong.length > 0 ? wrong : states).map((state) => state.text).slice(-MAX_FINDINGS);
    },
  };
}

function isNew(pod: JsonObject, started: number): boolean {
  // The cluster's clock may be a few seconds behind.
  return Date.parse(text(pod, "metadata", "creationTimestamp")) >= started - 5000;
}

function isInstance(pod: JsonObject, name: string): boolean {
  return at(pod, "metadata", "labels", "app.kubernetes.io/instance") === name;
}
