import type { KnownFailure } from "./failure";

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
