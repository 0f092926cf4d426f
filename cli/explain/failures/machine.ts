import { settingsFileName } from "../../stack/stack-name";
import type { KnownFailure } from "./failure";

/** Text: the Kubernetes scheduler (plugins/noderesources). */
export const nodeTooSmall: KnownFailure = {
  pattern: /(\d+) Insufficient (cpu|memory)/,
  explain: ([, , resource = ""], { stack, target }) => ({
    cause: `No node has enough ${resource} left for another pod.`,
    hint:
      `\`npm run doctor\` shows the sums. Fewer replicas or smaller requests in ${settingsFileName(stack)}, ` +
      `or a larger node: \`${target.minikube("delete")}\`, raise minikube.${resource === "cpu" ? "cpus" : "memory"}, \`npm run up\`.`,
  }),
};

/** Text: the docker client, and Pulumi's docker plugin. */
export const dockerNotAnswering: KnownFailure = {
  pattern:
    /Cannot connect to the Docker daemon|failed to connect to any docker daemon|error during connect|docker daemon is not running/i,
  explain: () => ({
    cause: "The docker daemon that builds the images doesn't answer.",
    hint: "`npm run up` starts what is stopped; `npm run doctor` says which daemon is meant.",
  }),
};

/** Text: Pulumi's kubernetes plugin, and Go's dialer. */
export const clusterNotAnswering: KnownFailure = {
  pattern:
    /Kubernetes cluster is unreachable|unable to load Kubernetes client configuration|failed to initialize discovery client|dial tcp \S+:(?:8443|6443|\d{5}): connect: connection refused/,
  explain: (_, { target }) => ({
    cause: `The cluster of context "${target.context}" doesn't answer.`,
    hint: "`npm run up` starts a stopped Minikube; `npm run doctor` says what is wrong with it.",
  }),
};

/** Text: Pulumi's CLI and engine (sdk/go/common/workspace). */
export const pluginMissing: KnownFailure = {
  pattern:
    /could not automatically download|no resource plugin|could not find plugin|error downloading plugin|failed to install plugin/i,
  explain: () => ({
    cause: "A plugin of the Pulumi engine is missing and can't be downloaded.",
    hint: "`npm run up` installs the plugins; by hand, use the environment that `npm run doctor` prints.",
  }),
};

/** Text: the operating system (ENOSPC). */
export const diskFull: KnownFailure = {
  pattern: /no space left on device/i,
  explain: (_, { target }) => ({
    cause: "A disk is full: this machine's or the node's.",
    hint: `\`docker system prune\` frees this machine's, \`${target.minikube("ssh -- docker system prune -f")}\` the node's.`,
  }),
};

/** Text: OpenSSL, as Node.js and npm print it. */
export const certificateNotTrusted: KnownFailure = {
  pattern:
    /self[- ]signed certificate in certificate chain|unable to get local issuer certificate/i,
  explain: () => ({
    cause: "Something between this machine and a server shows a certificate that isn't trusted.",
    hint: "Put your network's CA into the base image (images.nodeImage) or into NODE_EXTRA_CA_CERTS.",
  }),
};
