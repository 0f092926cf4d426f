import type { Finding } from "../finding";

interface ContainerState {
  waiting?: { reason?: string; message?: string };
  terminated?: { reason?: string; message?: string; exitCode?: number };
  running?: object;
}

interface ContainerStatus {
  name: string;
  ready?: boolean;
  restartCount?: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

interface Container {
  name: string;
  image?: string;
  restartPolicy?: string;
  resources?: { requests?: Partial<Record<string, string>> };
}

/** A pod, as far as the checks read it. */
export interface Pod {
  metadata: {
    name: string;
    namespace: string;
    creationTimestamp?: string;
    deletionTimestamp?: string;
  };
  spec: { containers: Container[]; initContainers?: Container[]; nodeName?: string };
  status: {
    phase?: string;
    reason?: string;
    message?: string;
    conditions?: { type: string; status: string; reason?: string; message?: string }[];
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
}

/** `kubectl get pods -o json`. */
export interface PodList {
  items: Pod[];
}

/** A pod may take this long before "not ready yet" is worth mending. */
const patienceMs = 90_000;

/** Pods that fail or aren't ready, each with its own reason. */
export function podFindings(pods: readonly Pod[], now: Date): Finding[] {
  const unready = pods.filter((pod) => pod.status.phase !== "Succeeded" && !isReady(pod));
  return unready.map((pod) => {
    const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
    if (pod.metadata.deletionTimestamp !== undefined) {
      return { check: "pods", state: "note", found: `${name} is being deleted.` };
    }
    const trouble = troubleOf(pod);
    const age = now.getTime() - Date.parse(pod.metadata.creationTimestamp ?? now.toISOString());
    if (trouble === undefined && age < patienceMs) {
      return { check: "pods", state: "note", found: `${name} is starting.` };
    }
    return {
      check: "pods",
      state: "mend",
      found: `${name}: ${trouble?.text ?? `not ready after ${Math.round(age / 1000)} s: its readiness probe fails`}`,
      fix: fixOf(trouble?.reason, pod),
    };
  });
}

/** Whether a pod is ready, or has nothing more to do. */
export function isReady(pod: Pod): boolean {
  return (
    pod.status.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ??
    false
  );
}

interface Trouble {
  reason: string;
  text: string;
}

/** What a pod says is wrong with it; undefined where it only isn't ready yet. */
function troubleOf({ status }: Pod): Trouble | undefined {
  const unscheduled = status.conditions?.find(
    ({ type, reason }) => type === "PodScheduled" && reason === "Unschedulable",
  );
  if (unscheduled) return said("Unschedulable", unscheduled.message);
  if (status.phase === "Failed") return said(status.reason ?? "Failed", status.message);
  for (const container of [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
  ]) {
    const { waiting, terminated } = container.state ?? {};
    if (waiting && !["ContainerCreating", "PodInitializing"].includes(waiting.reason ?? "")) {
      const last = container.lastState?.terminated;
      const before =
        last === undefined
          ? ""
          : `; before: ${last.reason ?? "ended"}, exit code ${last.exitCode ?? "?"}${last.message ? `, ${lastLines(last.message)}` : ""}`;
      const reason = last?.reason === "OOMKilled" ? "OOMKilled" : (waiting.reason ?? "waiting");
      return {
        reason,
        text: `${said(waiting.reason ?? "waiting", waiting.message).text}${before}`,
      };
    }
    if (terminated && terminated.exitCode !== 0) {
      return said(
        terminated.reason ?? "Error",
        `exit code ${terminated.exitCode ?? "?"}${terminated.message ? `, ${lastLines(terminated.message)}` : ""}`,
      );
    }
  }
  return undefined;
}

function said(reason: string, message: string | undefined): Trouble {
  return { reason, text: message ? `${reason}: ${lastLines(message)}` : reason };
}

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-3).join(" / ").slice(0, 400);
}

function fixOf(reason: string | undefined, { metadata }: Pod): string {
  const where = `-n ${metadata.namespace}`;
  switch (reason) {
    case "ErrImageNeverPull":
    case "ErrImagePull":
    case "ImagePullBackOff":
      return "`npm run up -- --refresh` brings a lost image back; for a registry's image check its name and images.pullSecrets.";
    case "InvalidImageName":
    case "CreateContainerConfigError":
      return `\`kubectl ${where} describe pod ${metadata.name}\` names the object or key that is missing; \`npm run up\` makes it.`;
    case "Unschedulable":
      return "Fewer replicas or smaller requests in the stack's settings, or a larger node.";
    case "OOMKilled":
      return "Raise resources.limits.memory of that service in the stack's settings, and `npm run up`.";
    default:
      return `\`kubectl ${where} logs ${metadata.name} --all-containers --tail=50\` (with --previous after a restart) has its words.`;
  }
}
