/** Watches the pods of a release while helm works, since a failed one may be gone right afterwards. */
import type { Operation } from "../../protocol/provider";
import type { JsonObject } from "../../protocol/values";
import { describePod, isReady } from "../await/pods";
import type { PodState } from "../await/pods";
import type { Cluster } from "../cluster";
import { at, isOwnedBy, text } from "../json";

const INTERVAL_MS = 2000;
const MAX_FINDINGS = 3;
const PODS = { apiVersion: "v1", plural: "pods", namespaced: true };
const JOBS = { apiVersion: "batch/v1", plural: "jobs", namespaced: true };

/** A watch that is going on. */
export interface Witness {
  stop: () => void;
  /** What went wrong, as last seen, after one more look. */
  findings: () => Promise<string[]>;
}

/** Starts to watch pods of the release's hooks, and those labelled as its instances. */
export function witness(
  cluster: Cluster,
  release: { name: string; namespace: string },
  { log, signal }: Pick<Operation, "log" | "signal">,
): Witness {
  const started = Date.now();
  const seen = new Map<string, PodState>();
  const look = async (): Promise<void> => {
    const { namespace } = release;
    const jobs = await cluster.list({ kind: JOBS, namespace }, {}, signal);
    const hooks = jobs.filter((job) => text(job, "metadata", "annotations", "helm.sh/hook") !== "");
    for (const pod of await cluster.list({ kind: PODS, namespace }, {}, signal)) {
      const isHooks = hooks.some((job) => isOwnedBy(pod, job)) && isNew(pod, started);
      if (!isHooks && !isInstance(pod, release.name)) continue;
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
  // Watching is a help for later explanations: its own failures are nobody's business.
  const quietly = (): Promise<void> => look().catch(() => undefined);
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(quietly);
  }, INTERVAL_MS);
  return {
    stop: () => {
      clearInterval(timer);
    },
    findings: async () => {
      await looking;
      await quietly();
      const states = [...seen.values()];
      const wrong = states.filter(({ starting }) => !starting);
      return (wrong.length > 0 ? wrong : states).map((state) => state.text).slice(-MAX_FINDINGS);
    },
  };
}

function isNew(pod: JsonObject, started: number): boolean {
  // The cluster's clock may be a little behind.
  return Date.parse(text(pod, "metadata", "creationTimestamp")) >= started - 5000;
}

function isInstance(pod: JsonObject, name: string): boolean {
  return at(pod, "metadata", "labels", "app.kubernetes.io/instance") === name;
}
