import { nodeBaseImage, postgresBaseImage } from "./base-images";
import { kubeRouterImage, metricsServerImage } from "./cluster-images";
import { together } from "./core/once";
import { ensure } from "./core/recipe";
import { ensureEngine } from "./engine";
import { ensureInEngine } from "./images/presence";
import { imageArchive } from "./images/recipe";
import { ensureAddons } from "./minikube/addons";
import { fillMinikubeCache } from "./minikube/cache";
import { runMinikube } from "./minikube/command";
import { ensureInNode } from "./minikube/node";
import { differences, profileState, readProfile } from "./minikube/profile";
import { createCluster, startCluster } from "./minikube/start";
import { ensureNetworkPolicies } from "./network-policy";
import { nodeImage } from "./node-image";
import { dropBuildCacheWhenDone } from "./toolchain";
import { ensureTools } from "./tools";
import type { ClusterOptions } from "./types";
import type { Progress } from "../lib/progress/progress";

/** Makes the profile's cluster run, with everything in it that the project needs. */
export function ensureCluster(options: ClusterOptions, progress: Progress): Promise<void> {
  return together(`cluster ${options.profile}`, () => bringCluster(options, progress));
}

async function bringCluster(options: ClusterOptions, progress: Progress): Promise<void> {
  if (readProfile(options.profile) === undefined) beginAhead(options, progress);
  await Promise.all([ensureEngine(progress), ensureTools(["minikube", "kubectl"], progress)]);

  const state = await profileState(options.profile);
  if (state === "missing") await createCluster(options, progress);
  else if (state === "stopped") await startCluster(options.profile, progress);

  const profile = readProfile(options.profile);
  if (profile === undefined) {
    throw new Error(
      `Minikube has started the cluster ${options.profile}, but has no profile of that name in its folder. ` +
        "What to do: see minikube profile list, and unset MINIKUBE_HOME if it points to another place.",
    );
  }
  for (const note of differences(profile, options)) {
    progress.note(`the cluster ${profile.name} is used as it is: ${note}`);
  }

  await Promise.all([
    ensureNetworkPolicies(profile, progress),
    ensureInNode(profile, postgresBaseImage(), progress),
    // Builds happen in the node's own engine with the docker runtime, in this machine's otherwise.
    ensureInEngine(nodeBaseImage(), progress),
    profile.containerRuntime === "docker"
      ? ensureInNode(profile, nodeBaseImage(), progress)
      : undefined,
    ensureAddons(profile, options.addons, progress),
  ]);
  dropBuildCacheWhenDone();
}

/**
 * Begins everything that a new cluster will need at once, so that downloads, packing and builds go on
 * side by side; whoever needs one of them waits for it, and reports its failure.
 */
function beginAhead(options: ClusterOptions, progress: Progress): void {
  const ahead = [
    ensure(nodeImage(), progress),
    fillMinikubeCache(progress),
    ...[nodeBaseImage(), postgresBaseImage(), kubeRouterImage()].map((image) =>
      imageArchive(image, progress),
    ),
    ...(options.addons.includes("metrics-server")
      ? [imageArchive(metricsServerImage(), progress)]
      : []),
  ];
  for (const begun of ahead) begun.catch(() => undefined);
}

/** Deletes the profile's cluster, and with it all data in it. Nothing else. */
export async function down(profile: string, progress: Progress): Promise<void> {
  if (readProfile(profile) === undefined) {
    progress.note(`there is no cluster ${profile}`);
    return;
  }
  await progress.step(`minikube delete (${profile})`, () =>
    runMinikube(["delete", `--profile=${profile}`], { log: `minikube-${profile}-delete` }),
  );
}
