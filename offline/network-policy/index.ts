import { readFileSync } from "node:fs";
import type { MinikubeProfile } from "../../lib/minikube/profile";
import { run, runOrThrow } from "../../lib/process/run";
import type { Progress } from "../../lib/progress/progress";
import { kubeRouterImage } from "../cluster-images";
import { keyOf } from "../core/digest";
import { offlineDirectory } from "../core/paths";
import { ensureInNode } from "../minikube/node-images";
import { toolFile } from "../tools";

const NAMESPACE = "kube-system";
const WORKLOAD = "daemonset/kube-router";
const KEY_ANNOTATION = "todo-chatbot.offline/key";

/**
 * Makes a cluster enforce NetworkPolicies. Minikube's bridge network does not, so kube-router is
 * deployed for that purpose only. Clusters with another network plugin are left as they are.
 */
export async function ensureNetworkPolicies(
  profile: MinikubeProfile,
  progress: Progress,
): Promise<void> {
  if (profile.cni !== "bridge") {
    progress.note(
      `NetworkPolicies are left to the cluster's network plugin (${profile.cni || "default"})`,
    );
    return;
  }
  const image = kubeRouterImage();
  const manifest = kubeRouterManifest(image.image);
  const key = keyOf([manifest, image.key]);
  if ((await deployedKey(profile.name)) === key) return;

  await ensureInNode(profile, image, progress);
  await progress.step("NetworkPolicies (kube-router)", async () => {
    const input = manifest.replaceAll("${KEY}", key);
    await runOrThrow(kubectl(), [...target(profile.name), "apply", "--filename", "-"], { input });
    await runOrThrow(
      kubectl(),
      [...target(profile.name), "rollout", "status", WORKLOAD, "--timeout=120s"],
      { hint: `See kubectl --namespace ${NAMESPACE} logs ${WORKLOAD} for the cause.` },
    );
  });
}

/** Returns the manifest of kube-router with the image's name filled in. */
export function kubeRouterManifest(image: string): string {
  const file = offlineDirectory("network-policy", "kube-router.yaml");
  return readFileSync(file, "utf8").replaceAll("${IMAGE}", image);
}

/**
 * Returns the key of the kube-router in a cluster: empty where an earlier version of the project or
 * another source deployed it, undefined where there is none.
 */
export async function deployedKey(profile: string): Promise<string | undefined> {
  const annotation = KEY_ANNOTATION.replaceAll(".", "\\.");
  const output = `jsonpath={.metadata.annotations.${annotation}}`;
  const args = [...target(profile), "get", WORKLOAD, "--output", output];
  const { code, stdout } = await run(kubectl(), args);
  return code === 0 ? stdout.trim() : undefined;
}

function kubectl(): string {
  return toolFile("kubectl") ?? "kubectl";
}

/** kubectl's arguments for the profile's cluster and kube-router's namespace. */
function target(profile: string): string[] {
  return ["--context", profile, "--namespace", NAMESPACE];
}
