import type { Obstacle } from "./obstacles";

/** How long an obstacle may last before it is certain that waiting doesn't help. */
export interface Grace {
  seconds: number;
  /** Whether pods that start or are being deleted may still make room: the time counts from when there is none. */
  untilPodsSettle: boolean;
}

/** Answers that say nothing of the object: the same request can succeed a moment later. */
const transient =
  /failed calling webhook|timed? ?out|deadline exceeded|connection refused|etcdserver|unable to handle the request|too many requests|TLS handshake|no endpoints available/i;

/** Pods that can't be made as they are: only a change of the object, the namespace or a policy helps. */
const final =
  /is forbidden|is invalid|denied (?:the )?request|violates PodSecurity|because it is being terminated/;

/** Answers of a registry that doesn't have the image, or doesn't give it. */
const noSuchImage =
  /not found|manifest unknown|repository does not exist|pull access denied|unauthorized|authentication required|invalid reference format/i;

/** What the operating system says of a program that it can't start. */
const cannotStart =
  /exec format error|executable file not found|no such file or directory|permission denied/i;

/**
 * Returns how long an obstacle may last; undefined where it can heal by waiting, or nobody knows: a container
 * that crashes may wait for another one, and a pod without a node for others to end.
 */
export function graceOf({
  source,
  reason,
  text,
}: Pick<Obstacle, "source" | "reason" | "text">): Grace | undefined {
  if (source === "refused") return graceOfRefusal(text);
  switch (reason) {
    case "InvalidImageName":
      return { seconds: 5, untilPodsSettle: false };
    case "ErrImageNeverPull":
    case "CreateContainerConfigError":
      // What the pod refers to may come after it, but not much later.
      return { seconds: 20, untilPodsSettle: false };
    case "ErrImagePull":
    case "ImagePullBackOff":
      return noSuchImage.test(text) ? { seconds: 20, untilPodsSettle: false } : undefined;
    case "CreateContainerError":
    case "RunContainerError":
    case "StartError":
    case "ContainerCannotRun":
      return cannotStart.test(text) ? { seconds: 20, untilPodsSettle: false } : undefined;
    default:
      return undefined;
  }
}

function graceOfRefusal(text: string): Grace | undefined {
  if (transient.test(text)) return undefined;
  // The rollout of a Deployment with maxUnavailable, or a Job that ends, gives back what the quota counts.
  if (text.includes("exceeded quota")) return { seconds: 30, untilPodsSettle: true };
  // A ServiceAccount of the same release is created a moment later at most.
  if (text.includes("error looking up service account")) {
    return { seconds: 30, untilPodsSettle: false };
  }
  return final.test(text) ? { seconds: 8, untilPodsSettle: false } : undefined;
}
