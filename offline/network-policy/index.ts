import { readFileSync } from "node:fs";

import { kubeRouterImage } from "../cluster-images";
import { attempt } from "../core/command";
import { keyOf } from "../core/digest";
import { offlineDirectory } from "../core/paths";
import { runKubectl } from "../minikube/command";
import { ensureInNode } from "../minikube/node";
import type { Profile } from "../minikube/profile";
import { toolFile } from "../tools";
import type { Progress } from "../../lib/progress/progress";

const namespace = "kube-system";
const workload = "daemonset/kube-router";
const keyAnnotation = "todo-chatbot.sandbox/key";

/**
 * Makes a cluster enforce NetworkPolicies. Minikube's bridge network does not, so kube-router runs
 * beside it, as the enforcer only. Clusters with another network plugin are left as they are.
 */
export async function ensureNetworkPolicies(profile: Profile, progress: Progress): Promise<void> {
  if (profile.cni !== "bridge") {
    progress.note(
      `NetworkPolicies are left to the cluster's own network plugin (${profile.cni || "default"})`,
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
    await runKubectl(profile.name, ["apply", "--filename", "-"], { input });
    await runKubectl(
      profile.name,
      ["--namespace", namespace, "rollout", "status", workload, "--timeout=120s"],
      { hint: `see kubectl --namespace ${namespace} logs ${workload} for the cause.` },
    );
  });
}

/** The manifest, with the image's name in it. */
export function kubeRouterManifest(image: string): string {
  const file = offlineDirectory("network-policy", "kube-router.yaml");
  return readFileSync(file, "utf8").replaceAll("${IMAGE}", image);
}

/** The key of what enforces policies in a cluster; undefined where nothing of the sandbox's does. */
export async function deployedKey(profile: string): Promise<string | undefined> {
  const { code, stdout } = await attempt([
    ...[toolFile("kubectl") ?? "kubectl", "--context", profile, "--namespace", namespace],
    ...[
      "get",
      workload,
      "--output",
      `jsonpath={.metadata.annotations.${keyAnnotation.replaceAll(".", "\\.")}}`,
    ],
  ]);
  return code === 0 ? stdout.trim() : undefined;
}
