import type { ContainerState, Pod } from "./pod";

/** What a pod reports as wrong. */
export interface PodProblem {
  /** The reason in the API's words, such as `ImagePullBackOff`. */
  reason: string;
  /** The reason with the message, and how the container ended before. */
  text: string;
}

/** Returns what the status of a pod reports as wrong; undefined where the pod only isn't ready yet. */
export function problemOf({ status }: Pod): PodProblem | undefined {
  const unscheduled = status.conditions?.find(
    ({ type, reason }) => type === "PodScheduled" && reason === "Unschedulable",
  );
  if (unscheduled) return problem("Unschedulable", unscheduled.message);
  if (status.phase === "Failed") return problem(status.reason ?? "Failed", status.message);
  for (const { state, lastState } of [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
  ]) {
    const found = problemOfContainer(state, lastState);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Reasons of a container that waits for its turn, not for a fix. */
const starting: readonly string[] = ["ContainerCreating", "PodInitializing"];

function problemOfContainer(
  { waiting, terminated }: ContainerState = {},
  lastState?: ContainerState,
): PodProblem | undefined {
  if (waiting && !starting.includes(waiting.reason ?? "")) {
    const { reason, text } = problem(waiting.reason ?? "waiting", waiting.message);
    const last = lastState?.terminated;
    if (last === undefined) return { reason, text };
    return {
      reason: last.reason === "OOMKilled" ? "OOMKilled" : reason,
      text: `${text}; before: ${last.reason ?? "ended"}, ${exitOf(last)}`,
    };
  }
  if (terminated && terminated.exitCode !== 0) {
    return problem(terminated.reason ?? "Error", exitOf(terminated));
  }
  return undefined;
}

function exitOf({ exitCode, message }: NonNullable<ContainerState["terminated"]>): string {
  return `exit code ${exitCode ?? "?"}${message ? `, ${lastLines(message)}` : ""}`;
}

function problem(reason: string, message: string | undefined): PodProblem {
  return { reason, text: message ? `${reason}: ${lastLines(message)}` : reason };
}

/** The last three lines of a message, in one line of at most 400 characters. */
function lastLines(text: string): string {
  return text.trim().split("\n").slice(-3).join(" / ").slice(0, 400);
}
