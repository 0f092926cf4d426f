import type { JsonObject } from "../../protocol/values";
import type { Cluster } from "../api/cluster";
import { condition, count, isOwnedBy, objects, text } from "../api/json-fields";

const podResource = { apiVersion: "v1", plural: "pods", namespaced: true };
const eventResource = { apiVersion: "v1", plural: "events", namespaced: true };
const LOG_LINES = 8;
const MAX_PODS = 3;
/** Reasons for which containers wait in a normal start. */
const startReasons = ["ContainerCreating", "PodInitializing"];

/**
 * Describes why pods of an owner are not ready: scheduling, states of containers, failed probes, last lines
 * of logs. At most three pods are described.
 */
export async function problemsOfPods(
  cluster: Cluster,
  owner: JsonObject,
  signal: AbortSignal,
): Promise<string[]> {
  const namespace = text(owner, "metadata", "namespace");
  const pods = await cluster.list({ kind: podResource, namespace }, {}, signal);
  const unready = pods.filter((pod) => isOwnedBy(pod, owner) && !isReady(pod)).slice(0, MAX_PODS);
  const found = await Promise.all(unready.map((pod) => describePod(cluster, pod, signal)));
  return found.map((state) => state.text);
}

/** What is known of a pod that is not ready. */
export interface PodState {
  /** The description, which begins with the pod's name. */
  text: string;
  /** Whether nothing seems wrong: the pod needs time. */
  starting: boolean;
}

/** Describes one pod that is not ready. */
export async function describePod(
  cluster: Cluster,
  pod: JsonObject,
  signal: AbortSignal,
): Promise<PodState> {
  const title = `[Pod ${text(pod, "metadata", "namespace")}/${text(pod, "metadata", "name")}]`;
  const scheduled = condition(pod, "PodScheduled");
  if (scheduled?.status === "False") {
    const why = `[${text(scheduled, "reason")}] ${text(scheduled, "message")}`;
    return { text: `${title}: not scheduled: ${why}`, starting: false };
  }
  const problems: string[] = [];
  for (const status of containerStatuses(pod)) {
    problems.push(...(await problemsOfContainer(cluster, pod, status)));
  }
  problems.push(...(await warningsAbout(cluster, pod, signal)));
  const summary = text(condition(pod, "Ready"), "message");
  const waiting = containerStatuses(pod)
    .map((status) => text(status, "state", "waiting", "reason"))
    .filter((reason) => startReasons.includes(reason))
    .map((reason) => `[${reason}]`);
  const findings = [summary, ...waiting, ...problems].filter((finding) => finding !== "");
  const phase = text(pod, "status", "phase");
  return {
    text: `${title}: ${findings.length === 0 ? phase : findings.join(" -- ")}`,
    starting: problems.length === 0,
  };
}

/** Whether a pod is ready, or has completed. */
export function isReady(pod: JsonObject): boolean {
  return condition(pod, "Ready")?.status === "True" || text(pod, "status", "phase") === "Succeeded";
}

async function problemsOfContainer(
  cluster: Cluster,
  pod: JsonObject,
  status: JsonObject,
): Promise<string[]> {
  const findings: string[] = [];
  const name = text(status, "name");
  const waiting = text(status, "state", "waiting", "reason");
  if (waiting !== "" && !startReasons.includes(waiting)) {
    findings.push(`[${waiting}] ${text(status, "state", "waiting", "message")}`.trim());
  }
  for (const place of ["state", "lastState"]) {
    const reason = text(status, place, "terminated", "reason");
    if (reason === "" || reason === "Completed") continue;
    const code = count(status, place, "terminated", "exitCode");
    const at = text(status, place, "terminated", "finishedAt");
    findings.push(`container "${name}" terminated at ${at} (${reason}: exit code ${code})`);
    const message = text(status, place, "terminated", "message").trim();
    const output =
      message === "" ? await lastLines(cluster, pod, name, place === "lastState") : message;
    if (output !== "") findings.push(output);
  }
  return findings;
}

/** Returns the last lines of a container's log, for images that write no termination message. */
async function lastLines(
  cluster: Cluster,
  pod: JsonObject,
  container: string,
  previous: boolean,
): Promise<string> {
  const namespace = text(pod, "metadata", "namespace");
  const name = text(pod, "metadata", "name");
  const query = { container, previous: String(previous), tailLines: String(LOG_LINES) };
  return (await cluster.logs(namespace, name, query)).trim();
}

/** Returns the newest warning event of each reason: failed probes, volumes that can't be mounted. */
async function warningsAbout(
  cluster: Cluster,
  pod: JsonObject,
  signal: AbortSignal,
): Promise<string[]> {
  const namespace = text(pod, "metadata", "namespace");
  const query = {
    fieldSelector: `involvedObject.uid=${text(pod, "metadata", "uid")},type=Warning`,
  };
  const events = await cluster.list({ kind: eventResource, namespace }, query, signal);
  const newest = new Map(events.map((event) => [text(event, "reason"), text(event, "message")]));
  // These two repeat the containers' states with fewer details.
  for (const reason of ["BackOff", "Failed"]) newest.delete(reason);
  return [...newest].map(([reason, message]) => `[${reason}] ${message}`);
}

function containerStatuses(pod: JsonObject): JsonObject[] {
  return [
    ...objects(pod, "status", "initContainerStatuses"),
    ...objects(pod, "status", "containerStatuses"),
  ].filter((status) => status.ready !== true);
}
