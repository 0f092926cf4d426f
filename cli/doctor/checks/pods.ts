import type { ClusterTarget } from "../../../lib/kubernetes/target";
import type { Finding } from "../finding";
import type { Pod } from "../pod";
import { problemOf } from "../pod-problem";

/** Milliseconds up to which a pod that isn't ready, or not any more, counts as starting. */
const READY_GRACE_MS = 90_000;

/**
 * Returns a finding for each pod that isn't ready, with the reason from its own status. Pods that are ready
 * or have completed give none. A pod that is being deleted, or that is starting and shows no error, is a
 * note; every other one has to be fixed.
 */
export function podFindings(
  pods: readonly Pod[],
  target: Pick<ClusterTarget, "kubectl">,
  now: Date,
): Finding[] {
  const unready = pods.filter((pod) => pod.status.phase !== "Succeeded" && !isReady(pod));
  return unready.map((pod) => {
    const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
    if (pod.metadata.deletionTimestamp !== undefined) {
      return { check: "pods", state: "note", found: `${name} is being deleted.` };
    }
    const problem = problemOf(pod);
    const age = now.getTime() - unreadySince(pod, now);
    if (problem === undefined && age < READY_GRACE_MS) {
      return { check: "pods", state: "note", found: `${name} is starting.` };
    }
    const seconds = Math.round(age / 1000);
    const wait = hasStarted(pod) ? "its readiness probe fails" : "no container has started";
    return {
      check: "pods",
      state: "fix",
      found: `${name}: ${problem?.text ?? `not ready for ${seconds} s: ${wait}`}`,
      hint: hintFor(problem?.reason, pod, target),
    };
  });
}

/** Whether a pod is ready. */
function isReady(pod: Pod): boolean {
  return (
    pod.status.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ??
    false
  );
}

/** Since when a pod isn't ready: one that was ready and starts again is as good as a new one. */
function unreadySince({ metadata, status }: Pod, now: Date): number {
  const readiness = status.conditions?.find(({ type }) => type === "Ready");
  const since = readiness?.lastTransitionTime ?? metadata.creationTimestamp;
  return since === undefined ? now.getTime() : Date.parse(since);
}

function hasStarted({ status }: Pod): boolean {
  return status.containerStatuses?.some(({ state }) => state?.running !== undefined) ?? false;
}

function hintFor(
  reason: string | undefined,
  { metadata: { name, namespace } }: Pod,
  target: Pick<ClusterTarget, "kubectl">,
): string {
  switch (reason) {
    case "ErrImageNeverPull":
    case "ErrImagePull":
    case "ImagePullBackOff":
      return "`npm run up -- --refresh` brings a lost image back; for a registry's image check its name and images.pullSecrets.";
    case "InvalidImageName":
    case "CreateContainerConfigError":
      return `\`${target.kubectl(`-n ${namespace} describe pod ${name}`)}\` names the object or key that is missing; \`npm run up\` creates it.`;
    case "Unschedulable":
      return "Fewer replicas or smaller requests in the stack's settings, or a larger node.";
    case "OOMKilled":
      return "Raise resources.limits.memory of that service in the stack's settings, and `npm run up`.";
    default:
      return `\`${target.kubectl(`-n ${namespace} logs ${name} --all-containers --tail=50`)}\` (with --previous after a restart) shows its log.`;
  }
}
