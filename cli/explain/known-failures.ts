import type { Environment } from "../environment/environment";

/** What a failure comes from, and the way out. */
export interface Explanation {
  cause: string;
  hint: string;
}

/** What the texts of the table may say. */
export interface FailureContext {
  stack: string;
  namespace: string;
  context: string;
  release: string;
}

/** What the table says of a machine's stack. */
export function failureContext({
  stack,
  settings,
}: Pick<Environment, "stack" | "settings">): FailureContext {
  return {
    stack,
    namespace: settings.namespace,
    context: settings.context,
    release: settings.chart.releaseName,
  };
}

interface KnownFailure {
  /** Found in what pulumi, the engine or a provider says. */
  pattern: RegExp;
  explain: (match: RegExpExecArray, context: FailureContext) => Explanation;
}

/** The known failures, the most telling first: the first that fits is the one that is shown. */
const knownFailures: readonly KnownFailure[] = [
  {
    pattern: /\d+ settings? (?:is|are) wrong:/,
    explain: (_, { stack }) => ({
      cause: "Settings are wrong: the list above names each, what was found and what is allowed.",
      hint: `Change them in Pulumi.${stack}.yaml, or by \`npm run pulumi -- config set --stack ${stack} …\`.`,
    }),
  },
  {
    pattern: /incorrect passphrase|passphrase must be set|message authentication failed/i,
    explain: (_, { stack }) => ({
      cause: "The passphrase isn't the one that this stack's secrets were encrypted with.",
      hint:
        "Set PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) to the old one. If it is lost: " +
        `take \`encryptionsalt\` and every \`secure:\` value out of Pulumi.${stack}.yaml, and start with a new state.`,
    }),
  },
  {
    pattern: /the stack is currently locked by|\[409\] Conflict: Another update/,
    explain: (_, { stack }) => ({
      cause:
        "Another update of this stack is under way, or one was ended before it could unlock the stack.",
      hint: `If none is running: \`npm run pulumi -- cancel --stack ${stack} --yes\`, then run this again.`,
    }),
  },
  {
    pattern: /another operation \(install\/upgrade\/rollback\) is in progress/,
    explain: (_, { release, namespace, context }) => ({
      cause: `An interrupted operation left the Helm release "${release}" pending.`,
      hint: `\`helm --kube-context ${context} -n ${namespace} rollback ${release}\` (or \`uninstall\`, if it never was deployed), then run this again.`,
    }),
  },
  {
    pattern: /nodePort: Invalid value: (\d+): provided port is already allocated/,
    explain: ([, port = ""], { stack, context }) => ({
      cause: `Another Service of the cluster has NodePort ${port}.`,
      hint:
        `\`kubectl --context ${context} get services -A\` shows which. Delete it, or take another port: ` +
        `\`npm run pulumi -- config set --path frontend.service.nodePort 30081 --stack ${stack}\`.`,
    }),
  },
  {
    pattern: /violates PodSecurity "([^"]+)"/,
    explain: ([, level = ""]) => ({
      cause: `A pod doesn't meet the namespace's Pod Security level, ${level}.`,
      hint: "What it violates stands in the message above; change the chart's values or the settings that add it.",
    }),
  },
  {
    pattern:
      /failed to resolve source metadata for (\S+?):? |failed to do request: Head "?https:\/\/([^/"\s]+)|pull access denied for (\S+),/,
    explain: (match) => ({
      cause: `An image can't be pulled: ${(match[1] ?? match[2] ?? match[3] ?? "").replace(/[,:]$/, "")}.`,
      hint: "Check the network of the docker engine that builds; a base image of another name is set by `images.nodeImage`.",
    }),
  },
  {
    pattern: /ErrImageNeverPull|ImagePullBackOff|ErrImagePull|InvalidImageName/,
    explain: ([reason = ""], { context }) => ({
      cause: `A pod's image can't be had by the cluster (${reason}).`,
      hint: `\`minikube -p ${context} image ls\` shows what its node has; \`npm run doctor\` names the pod. With an own registry, check images.registry and images.pullSecrets.`,
    }),
  },
  {
    pattern: /(\d+) Insufficient (cpu|memory)/,
    explain: ([, , resource = ""], { stack, context }) => ({
      cause: `No node has enough ${resource} left for another pod.`,
      hint:
        `\`npm run doctor\` shows the sums. Fewer replicas or smaller requests in Pulumi.${stack}.yaml, ` +
        `or a larger node: \`minikube delete -p ${context}\`, raise minikube.${resource === "cpu" ? "cpus" : "memory"}, \`npm run up\`.`,
    }),
  },
  {
    pattern:
      /Cannot connect to the Docker daemon|failed to connect to any docker daemon|error during connect|docker daemon is not running/i,
    explain: () => ({
      cause: "The docker daemon that builds the images doesn't answer.",
      hint: "`npm run up` starts what is stopped; `npm run doctor` says which daemon is meant.",
    }),
  },
  {
    pattern:
      /Kubernetes cluster is unreachable|unable to load Kubernetes client configuration|failed to initialize discovery client|dial tcp \S+:(?:8443|6443|\d{5}): connect: connection refused/,
    explain: (_, { context }) => ({
      cause: `The cluster of context "${context}" doesn't answer.`,
      hint: "`npm run up` starts a stopped Minikube; `npm run doctor` says what is wrong with it.",
    }),
  },
  {
    pattern:
      /could not automatically download|no resource plugin|could not find plugin|error downloading plugin|failed to install plugin/i,
    explain: () => ({
      cause: "A plugin of the Pulumi engine is missing and can't be downloaded.",
      hint: "`npm run up` brings the plugins; by hand, use the environment that `npm run doctor` prints.",
    }),
  },
  {
    pattern: /invalid ownership metadata|cannot be imported into the current release/,
    explain: (_, { namespace, release, stack }) => ({
      cause: `An object in ${namespace} that the Helm release "${release}" wants to make is there already, made by someone else.`,
      hint: `If \`workloads\` has been changed, its owner has: \`npm run destroy -- --stack ${stack}\` comes in between. Else delete the object that the message names. Then run this again.`,
    }),
  },
  {
    pattern: /(\S+ "[^"]+") already exists/,
    explain: ([, object = ""], { stack }) => ({
      cause: `${object} is in the cluster, but this stack's state doesn't know it.`,
      hint: `Another stack, a lost state or an update that was ended half-way made it. Delete it, or deploy elsewhere: \`npm run pulumi -- config set namespace <name> --stack ${stack}\`.`,
    }),
  },
  {
    // The API names kinds in the plural; the events of a pod, which the next pattern is for, don't.
    pattern:
      /(\S+ \S+\/\S+) is not in the cluster any more|\b([a-z]+s(?:\.[a-z0-9.]+)? "[^"]+") not found/,
    explain: ([, object, other], { stack }) => ({
      cause: `${object ?? other ?? "An object"} is in the stack's state, but not in the cluster.`,
      hint: `\`npm run up -- --refresh --stack ${stack}\` looks at the cluster first, and makes what is missing.`,
    }),
  },
  {
    pattern:
      /\b((?:secret|configmap|persistentvolumeclaim|serviceaccount) "[^"]+") not found|(couldn't find key \S+ in (?:Secret|ConfigMap) [^\s,"]+)/,
    explain: ([, object, key], { namespace, context, stack }) => ({
      cause: `A pod refers to something that isn't there: ${object ?? key ?? "see above"}.`,
      hint:
        `\`kubectl --context ${context} -n ${namespace} get secrets,configmaps,persistentvolumeclaims,serviceaccounts\` ` +
        `shows what is. Make it, or correct its name in Pulumi.${stack}.yaml.`,
    }),
  },
  {
    pattern: /pre-(?:install|upgrade) hooks? failed|BackoffLimitExceeded/,
    explain: (_, { namespace, context }) => ({
      cause: "The database migration failed.",
      hint: `Its own words: \`kubectl --context ${context} -n ${namespace} logs -l component=migration --tail=50\`.`,
    }),
  },
  {
    pattern: /CrashLoopBackOff|OOMKilled/,
    explain: ([reason = ""], { namespace, context }) => ({
      cause:
        reason === "OOMKilled"
          ? "A container used more memory than its limit and was ended."
          : "A container ends again and again soon after its start.",
      hint: `\`npm run doctor\` names the pod and its last words; \`kubectl --context ${context} -n ${namespace} logs <pod> --previous\` has all.`,
    }),
  },
  {
    pattern: /exceeded quota: ([^,\s]+)/,
    explain: ([, quota = ""]) => ({
      cause: `The namespace's ResourceQuota ${quota} allows no more.`,
      hint: "Raise the quota, or lower replicas and requests.",
    }),
  },
  {
    pattern: /no space left on device/i,
    explain: (_, { context }) => ({
      cause: "A disk is full: this machine's or the node's.",
      hint: `\`docker system prune\` frees this machine's, \`minikube -p ${context} ssh -- docker system prune -f\` the node's.`,
    }),
  },
  {
    pattern:
      /self[- ]signed certificate in certificate chain|unable to get local issuer certificate/i,
    explain: () => ({
      cause: "Something between this machine and a server shows a certificate that isn't trusted.",
      hint: "Put your network's CA into the base image (images.nodeImage) or into NODE_EXTRA_CA_CERTS.",
    }),
  },
  {
    pattern: /pending operations|interrupted while/,
    explain: (_, { stack }) => ({
      cause: "An earlier update was interrupted, and what it was doing isn't known.",
      hint: `\`npm run up -- --refresh --stack ${stack}\` looks at the cluster first.`,
    }),
  },
  {
    pattern:
      /timed out waiting|context deadline exceeded|ProgressDeadlineExceeded|Minimum number of live Pods was not attained|minimum number of Pods to consider the application live/i,
    explain: () => ({
      cause: "Something didn't get ready in time.",
      hint: "`npm run doctor` names the pods that aren't ready, each with its own reason.",
    }),
  },
];

/** The cause and the way out for what pulumi said; undefined where it is none of the known failures. */
export function explainFailure(said: string, context: FailureContext): Explanation | undefined {
  for (const { pattern, explain } of knownFailures) {
    const match = pattern.exec(said);
    if (match !== null) return explain(match, context);
  }
  return undefined;
}
