import { UserError } from "../lib/errors";
import { readMinikubeProfile } from "../lib/minikube/profile";
import type { Progress } from "../lib/progress/progress";
import { nodeBaseImage, postgresBaseImage } from "./base-images";
import { kubeRouterImage, metricsServerImage } from "./cluster-images";
import { shareRun } from "./core/once";
import { ensure } from "./core/recipe";
import { ensureEngine } from "./engine";
import { ensureInEngine } from "./images/engine-images";
import { imageArchive } from "./images/recipe";
import { ensureAddons } from "./minikube/addons";
import { differences, profileState } from "./minikube/cluster-state";
import { ensureMinikubeCache } from "./minikube/download-cache";
import { ensureInNode } from "./minikube/node-images";
import { runMinikube } from "./minikube/run-minikube";
import { createCluster, startCluster } from "./minikube/start";
import { ensureNetworkPolicies } from "./network-policy";
import { nodeImage } from "./node-image";
import { removeBuildCacheWhenDone } from "./toolchain";
import { ensureTools } from "./tools";
import type { ClusterOptions } from "./types";

/** Provides the profile's running cluster, with everything in it that the project needs. */
export function ensureCluster(options: ClusterOptions, progress: Progress): Promise<void> {
  return shareRun(`cluster ${options.profile}`, () => provideCluster(options, progress));
}

async function provideCluster(options: ClusterOptions, progress: Progress): Promise<void> {
  if (readMinikubeProfile(options.profile) === undefined) startBuildsEarly(options, progress);
  await Promise.all([ensureEngine(progress), ensureTools(["minikube", "kubectl"], progress)]);

  const state = await profileState(options.profile);
  if (state === "missing") await createCluster(options, progress);
  else if (state === "stopped") await startCluster(options.profile, progress);

  const profile = readMinikubeProfile(options.profile);
  if (profile === undefined) {
    throw new UserError(
      `Minikube has started the cluster ${options.profile}, but its folder has no profile of that name.`,
      "See minikube profile list, and unset MINIKUBE_HOME if it names another folder.",
    );
  }
  for (const note of differences(profile, options)) {
    progress.note(`the cluster ${profile.name} is used as it is: ${note}`);
  }

  await Promise.all([
    ensureNetworkPolicies(profile, progress),
    ensureInNode(profile, postgresBaseImage(), progress),
    // Images are built in the node's engine with the docker runtime, otherwise in this machine's.
    ensureInEngine(nodeBaseImage(), progress),
    profile.containerRuntime === "docker"
      ? ensureInNode(profile, nodeBaseImage(), progress)
      : undefined,
    ensureAddons(profile, options.addons, progress),
  ]);
  removeBuildCacheWhenDone();
}

/**
 * Starts everything that a new cluster will need, so that downloads, packing and builds run at the
 * same time. The step that needs a result waits for it, and reports its failure.
 */
function startBuildsEarly(options: ClusterOptions, progress: Progress): void {
  const builds = [
    ensure(nodeImage(), progress),
    ensureMinikubeCache(progress),
    ...[nodeBaseImage(), postgresBaseImage(), kubeRouterImage()].map((image) =>
      imageArchive(image, progress),
    ),
    ...(options.addons.includes("metrics-server")
      ? [imageArchive(metricsServerImage(), progress)]
      : []),
  ];
  for (const build of builds) build.catch(() => undefined);
}

/** Deletes the profile's cluster with all data in it. Tools and caches stay. */
export async function down(profile: string, progress: Progress): Promise<void> {
  if (readMinikubeProfile(profile) === undefined) {
    progress.note(`there is no cluster ${profile}`);
    return;
  }
  await progress.step(`minikube delete (${profile})`, () =>
    runMinikube(["delete", `--profile=${profile}`], { log: `minikube-${profile}-delete` }),
  );
}
