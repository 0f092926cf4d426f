import { settingsFileName } from "../../stack/stack-name";
import type { KnownFailure } from "./failure";

/** Text: the API server (NewAlreadyExists in k8s.io/apimachinery). */
export const objectExists: KnownFailure = {
  pattern: /(\S+ "[^"]+") already exists/,
  explain: ([, object = ""], { stack }) => ({
    cause: `${object} is in the cluster, but this stack's state doesn't know it.`,
    hint: `Another stack, a lost state or an update that was ended half-way created it. Delete it, or deploy to another namespace: \`npm run pulumi -- config set namespace <name> --stack ${stack}\`.`,
  }),
};

/**
 * Text: the API server (NewNotFound in k8s.io/apimachinery). It names kinds in the plural; the events of a
 * pod, which {@link referenceMissing} is for, don't.
 */
export const objectDeleted: KnownFailure = {
  pattern: /\b([a-z]+s(?:\.[a-z0-9.]+)? "[^"]+") not found/,
  explain: ([, object = "An object"], { stack }) => ({
    cause: `${object} is in the stack's state, but not in the cluster.`,
    hint: `\`npm run up -- --refresh --stack ${stack}\` looks at the cluster first, and creates what is missing.`,
  }),
};

/** Text: the kubelet, in the events and the status of a pod (pkg/kubelet/kubelet_pods.go). */
export const referenceMissing: KnownFailure = {
  pattern:
    /\b((?:secret|configmap|persistentvolumeclaim|serviceaccount) "[^"]+") not found|(couldn't find key \S+ in (?:Secret|ConfigMap) [^\s,"]+)/,
  explain: ([, object, key], { namespace, target, stack }) => ({
    cause: `A pod refers to something that isn't there: ${object ?? key ?? "see above"}.`,
    hint:
      `\`${target.kubectl(`-n ${namespace} get secrets,configmaps,persistentvolumeclaims,serviceaccounts`)}\` ` +
      `shows what is. Create it, or correct its name in ${settingsFileName(stack)}.`,
  }),
};

/** Text: the kubelet's reasons of a container that ended. */
export const containerCrashes: KnownFailure = {
  pattern: /CrashLoopBackOff|OOMKilled/,
  explain: ([reason = ""], { namespace, target }) => ({
    cause:
      reason === "OOMKilled"
        ? "A container used more memory than its limit and was ended."
        : "A container ends again and again soon after its start.",
    hint: `\`npm run doctor\` names the pod and its last lines; \`${target.kubectl(`-n ${namespace} logs <pod> --previous`)}\` has all.`,
  }),
};

/** Text: podFindings in cli/doctor/checks/pods.ts, and the kubelet's event of a failed probe. */
export const readinessFails: KnownFailure = {
  pattern: /(\S+\/\S+): [^\n]*its readiness probe fails|Readiness probe failed: ([^\n]*)/,
  explain: ([, pod, reason], { namespace, target }) => ({
    cause: `A pod runs, but its readiness probe fails${pod === undefined ? "" : ` (${pod})`}${reason ? `: ${reason}` : ""}.`,
    hint: `\`${target.kubectl(`-n ${namespace} logs ${pod?.split("/")[1] ?? "<pod>"} --tail=50`)}\` shows what it waits for.`,
  }),
};

/** Text: helm and Go on a time limit, the status of a Deployment, and Pulumi's kubernetes plugin. */
export const notReadyInTime: KnownFailure = {
  pattern:
    /timed out waiting|context deadline exceeded|ProgressDeadlineExceeded|Minimum number of live Pods was not attained|minimum number of Pods to consider the application live/i,
  explain: () => ({
    cause: "Something didn't get ready in time.",
    hint: "`npm run doctor` names the pods that aren't ready, each with its own reason.",
  }),
};
