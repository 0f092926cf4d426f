import type { KnownFailure } from "./failure";

/** Text: Docker Hub and other registries, through BuildKit, the docker engine and the kubelet. */
export const pullsLimited: KnownFailure = {
  pattern: /toomanyrequests|429 Too Many Requests/i,
  explain: () => ({
    cause: "The registry limits how often images are pulled, and the limit is reached.",
    hint: "Wait some hours, sign in by `docker login`, or set a base image of another registry by `images.nodeImage`.",
  }),
};

/** Text: the operating system (ENOEXEC), in a build's log, a container's log and at the start of a plugin. */
export const otherArchitecture: KnownFailure = {
  pattern: /exec format error/i,
  explain: () => ({
    cause: "A program was built for another processor architecture than the one that runs it.",
    hint: "Leave out `images.platform`, or set it to the nodes' (such as linux/arm64). If the message names a plugin, install the one of this machine.",
  }),
};

/** Text: the docker engine's check of the API version (daemon/server/middleware/version.go). */
export const apiVersionRefused: KnownFailure = {
  pattern:
    /client version (\S+) is too (old|new)\. M(?:in|ax)imum supported API version is (\d+\.\d+)/,
  explain: ([, client = "", how, server = ""], { target }) => ({
    cause:
      `The docker client speaks API ${client}, and the docker engine ` +
      `${how === "old" ? "demands" : "knows no more than"} ${server}${how === "old" ? " or later" : ""}.`,
    hint:
      "Unset DOCKER_API_VERSION if it is set. Else update the older of the two: the docker command and Pulumi's docker plugin, " +
      `or the engine (\`${target.minikube("delete")}\` and \`npm run up\` with a current Minikube).`,
  }),
};

/** Text: docker's parser of image names (distribution/reference), and the kubelet that quotes it. */
export const imageNameInvalid: KnownFailure = {
  pattern: /invalid reference format(?:: (repository name(?: \(\S+\))? must be lowercase))?/,
  explain: ([, reason]) => ({
    cause: `The name of an image isn't valid${reason === undefined ? "" : `: ${reason}`}.`,
    hint: "Correct images.registry.server, or the image that chart.values sets: lowercase letters, digits and `.`, `_`, `-`, `/`.",
  }),
};

/** Text: docker-credential-helpers, client/client.go, with Go's message of a program that isn't on PATH. */
export const credentialHelperMissing: KnownFailure = {
  pattern:
    /error (?:listing|getting) credentials - err: exec: "?(docker-credential-[\w.-]+)"?: executable file not found/,
  explain: ([, helper = ""]) => ({
    cause: `docker's configuration names the credential helper ${helper}, which isn't on PATH: no image can be built.`,
    hint: 'Install it, or remove "credsStore" (or its entry in "credHelpers") from ~/.docker/config.json ($DOCKER_CONFIG).',
  }),
};

/** Text: BuildKit (solver), and the classic builder (daemon/builder/dockerfile). */
export const buildStepFailed: KnownFailure = {
  pattern:
    /process "(?:\/bin\/sh -c )?(.+?)" did not complete successfully: exit code: (\d+)|The command '(?:\/bin\/sh -c )?(.+?)' returned a non-zero code: (\d+)/,
  explain: ([, buildKit, code, classic, classicCode]) => ({
    cause: `A step of an image's build failed: ${buildKit ?? classic ?? ""} (exit code ${code ?? classicCode ?? "?"}).`,
    hint: "The step's own last lines are above. The Dockerfiles are in docker/backend and docker/frontend; `docker build` in that folder shows the whole log.",
  }),
};

/** Text: BuildKit and the docker daemon, about a base image at a build. */
export const imageNotPulled: KnownFailure = {
  pattern:
    /failed to resolve source metadata for (\S+?):? |failed to do request: Head "?https:\/\/([^/"\s]+)|pull access denied for (\S+),/,
  explain: (match) => ({
    cause: `An image can't be pulled: ${(match[1] ?? match[2] ?? match[3] ?? "").replace(/[,:]$/, "")}.`,
    hint: "Check the network of the docker engine that builds; a base image of another name is set by `images.nodeImage`.",
  }),
};

/** Text: the kubelet's reasons of a waiting container (pkg/kubelet/images). */
export const imageNotInCluster: KnownFailure = {
  pattern: /ErrImageNeverPull|ImagePullBackOff|ErrImagePull|InvalidImageName/,
  explain: ([reason = ""], { target }) => ({
    cause: `The cluster can't get the image of a pod (${reason}).`,
    hint: `\`${target.minikube("image ls")}\` shows what its node has; \`npm run doctor\` names the pod. With a registry of your own, check images.registry and images.pullSecrets.`,
  }),
};
