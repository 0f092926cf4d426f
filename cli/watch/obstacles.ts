import { type PodProblem, problemOf } from "../doctor/pod-problem";
import type { ClusterEvent, Controller, OwnedPod, Snapshot } from "./snapshot";

/** Something that keeps a workload of the stack from getting its pods, or keeps a pod from being ready. */
export interface Obstacle {
  /** refused: the API server has refused a pod; pod: a pod that exists doesn't get ready. */
  source: "refused" | "pod";
  /** The workload: a Deployment, a StatefulSet or a Job. */
  workload: { kind: string; name: string };
  /** Whether Helm owns the workload, or runs it as a hook. */
  ofRelease: boolean;
  /** The object whose pod it is: of a Deployment, the newest ReplicaSet. */
  controller: { kind: string; name: string; uid: string };
  /**
   * Whether it arose in this update. What was there before may be solved already, and wait for the next try
   * of a controller or of the kubelet, which can take minutes.
   */
  isNew: boolean;
  /** The reason in the API's words, such as `FailedCreate` or `InvalidImageName`. */
  reason: string;
  /** One line: the object, and what the cluster says of it. */
  text: string;
}

/** Seconds after which a pod that runs and isn't ready counts as an obstacle. */
const READY_GRACE_SECONDS = 30;

/**
 * Returns what keeps the workloads of a release from being ready. Only the newest ReplicaSet of a Deployment
 * counts: pods of the version before are replaced anyway.
 *
 * @param before what the namespace contained before the update.
 */
export function obstaclesIn(
  { controllers, pods, events }: Snapshot,
  release: string,
  now: Date,
  before: Snapshot = { controllers: [], pods: [], events: [] },
): Obstacle[] {
  const old = new Set([...before.controllers, ...before.pods].map(({ metadata }) => metadata.uid));
  const oldEvents = new Set(before.events.map(identityOf));
  const ours = controllers.filter(
    (controller) =>
      isOf(release, controller) && controller.metadata.deletionTimestamp === undefined,
  );
  return newestControllers(ours).flatMap((controller) => {
    const { uid } = controller.metadata;
    const event = latest(events, uid, "FailedCreate");
    const refusal = refusalOf(controller, event);
    if (refusal !== undefined) {
      const { kind, name } = workloadOf(controller);
      const isNew = !old.has(uid) || (event !== undefined && !oldEvents.has(identityOf(event)));
      const text = `${kind} ${name}: ${refusal}`;
      return [obstacle(controller, { source: "refused", isNew, reason: "FailedCreate", text })];
    }
    return pods
      .filter((pod) => controllerOf(pod) === uid)
      .flatMap((pod) => {
        const problem = problemOfPod(pod, events, now);
        if (problem === undefined) return [];
        const { name, namespace, uid: podUid } = pod.metadata;
        const text = `${namespace}/${name}: ${problem.text}`;
        const { reason } = problem;
        return [obstacle(controller, { source: "pod", isNew: !old.has(podUid), reason, text })];
      });
  });
}

/**
 * Whether pods are being deleted, or pods of a release start without a problem or run to their end: each makes
 * room for others, because a rollout deletes an old pod for a new one that is ready.
 */
export function podsMove(
  { controllers, pods, events }: Snapshot,
  release: string,
  now: Date,
): boolean {
  const kinds = new Map(
    controllers
      .filter((controller) => isOf(release, controller))
      .map(({ metadata, kind }) => [metadata.uid, kind]),
  );
  return pods.some((pod) => {
    if (pod.metadata.deletionTimestamp !== undefined) return true;
    const kind = kinds.get(controllerOf(pod) ?? "");
    const { phase, conditions = [] } = pod.status;
    const active = phase === "Pending" || phase === "Running";
    if (kind === undefined || !active || problemOfPod(pod, events, now) !== undefined) return false;
    const ready = conditions.some(({ type, status }) => type === "Ready" && status === "True");
    return kind === "Job" || !ready;
  });
}

function isOf(release: string, { metadata }: Controller): boolean {
  return metadata.labels?.["app.kubernetes.io/instance"] === release;
}

/** An event and how often it had happened: repeated, it is news. */
function identityOf({ metadata, count, series, lastTimestamp }: ClusterEvent): string {
  return `${metadata.uid} ${count ?? series?.count ?? 1} ${lastTimestamp ?? ""}`;
}

/** Whether a controller has all the pods that it needs, and they are ready or have completed. */
export function isHealthy({ kind, spec, status = {} }: Controller): boolean {
  if (kind === "Job") return (status.succeeded ?? 0) > 0;
  const wanted = spec.replicas ?? 1;
  return wanted > 0 && (status.readyReplicas ?? 0) >= wanted;
}

/** Leaves out the older ReplicaSets of each Deployment. */
function newestControllers(controllers: readonly Controller[]): Controller[] {
  return controllers.filter((one) =>
    controllers.every((other) => controllerOf(other) !== controllerOf(one) || !isOlder(one, other)),
  );
}

function isOlder(one: Controller, other: Controller): boolean {
  return (
    one.kind === "ReplicaSet" && other.kind === "ReplicaSet" && revision(one) < revision(other)
  );
}

function revision({ metadata }: Controller): number {
  return Number(metadata.annotations?.["deployment.kubernetes.io/revision"] ?? 0);
}

/** Returns the UID of the object that controls another one. */
function controllerOf({ metadata }: Controller | OwnedPod): string | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true)?.uid;
}

/** Returns what the API server says where it refuses the pods of a controller; undefined where it has pods. */
function refusalOf(
  { kind, spec, status = {} }: Controller,
  event: ClusterEvent | undefined,
): string | undefined {
  if (kind === "Job") {
    const pods = (status.active ?? 0) + (status.succeeded ?? 0) + (status.failed ?? 0);
    return pods > 0 ? undefined : event?.message;
  }
  if ((status.replicas ?? 0) >= (spec.replicas ?? 1)) return undefined;
  if (kind === "StatefulSet") return event?.message;
  const failure = status.conditions?.find(({ type }) => type === "ReplicaFailure");
  return failure?.status === "True" ? failure.message : undefined;
}

function latest(
  events: readonly ClusterEvent[],
  uid: string,
  reason: string,
): ClusterEvent | undefined {
  return events
    .filter((event) => event.reason === reason && event.involvedObject.uid === uid)
    .sort((a, b) => (a.lastTimestamp ?? "").localeCompare(b.lastTimestamp ?? ""))
    .at(-1);
}

function problemOfPod(
  pod: OwnedPod,
  events: readonly ClusterEvent[],
  now: Date,
): PodProblem | undefined {
  const readiness = pod.status.conditions?.find(({ type }) => type === "Ready");
  const done = readiness?.status === "True" || pod.status.phase === "Succeeded";
  if (done || pod.metadata.deletionTimestamp !== undefined) return undefined;
  const problem = problemOf(pod);
  if (problem !== undefined) return problem;
  const runs = pod.status.containerStatuses?.some(({ state }) => state?.running !== undefined);
  const since = Date.parse(readiness?.lastTransitionTime ?? now.toISOString());
  const seconds = Math.round((now.getTime() - since) / 1000);
  if (runs !== true || seconds < READY_GRACE_SECONDS) return undefined;
  const probe = latest(events, pod.metadata.uid, "Unhealthy")?.message.trim();
  const said = probe === undefined ? "" : `: ${probe}`;
  return {
    reason: "NotReady",
    text: `not ready for ${seconds} s: its readiness probe fails${said}`,
  };
}

function obstacle(
  controller: Controller,
  found: Pick<Obstacle, "source" | "isNew" | "reason" | "text">,
): Obstacle {
  const { name, uid, annotations = {} } = controller.metadata;
  const ofRelease =
    annotations["helm.sh/hook"] !== undefined ||
    annotations["meta.helm.sh/release-name"] !== undefined;
  const { kind } = controller;
  return {
    ...found,
    workload: workloadOf(controller),
    ofRelease,
    controller: { kind, name, uid },
  };
}

/** Returns what a user knows the controller by: of a ReplicaSet, its Deployment. */
function workloadOf({ kind, metadata }: Controller): Obstacle["workload"] {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  return kind === "ReplicaSet" && owner !== undefined
    ? { kind: owner.kind, name: owner.name }
    : { kind, name: metadata.name };
}
