import type { ClusterTarget } from "../../../lib/kubernetes/target";
import { type MinikubeProfile, publishedPorts } from "../../../lib/minikube/profile";
import { pinnedNodePorts, type Settings } from "../../../settings";
import type { Finding } from "../finding";

/** Checks that the profile publishes the stack's NodePorts on loopback. A profile can't change that later. */
export function publishedPortsFinding(
  settings: Settings,
  profile: Pick<MinikubeProfile, "exposedPorts">,
  target: Pick<ClusterTarget, "minikube">,
): Finding {
  const published = publishedPorts(profile.exposedPorts);
  const missing = pinnedNodePorts(settings).filter((port) => !published.includes(port));
  if (missing.length === 0) {
    return {
      check: "published",
      state: "ok",
      found: `127.0.0.1 has the NodePorts ${published.join(", ") || "(none wanted)"}.`,
    };
  }
  return {
    check: "published",
    state: "note",
    found:
      `The profile doesn't publish ${missing.join(", ")} on 127.0.0.1: the URL is the node's, ` +
      "which macOS and Windows can't reach under the docker driver.",
    hint: `Only a new profile can publish it: \`${target.minikube("delete")}\`, then \`npm run up\`.`,
  };
}
