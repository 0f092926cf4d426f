import type { LiveCluster, RecordedCluster } from "../../lib/kubernetes/cluster-identity";
import { fingerprintOfFile } from "../../lib/kubernetes/kubeconfig";
import type { Kubectl } from "../../lib/kubernetes/kubectl";
import { minikubeAuthorityFile, minikubeHome } from "../../lib/minikube/profile";
import { type Detected, kubectlOf } from "../environment/environment";

/** The parts of the record that tell what a cluster is. */
export type ClusterToAsk = Pick<Detected, "cluster" | "directories" | "env" | "target" | "tools">;

/** Asks the target's cluster for its identity, and for the namespaces that a stack recorded. */
export async function readLiveCluster(
  { cluster, directories, env, target, tools }: ClusterToAsk,
  { namespaces }: Pick<RecordedCluster, "namespaces">,
): Promise<LiveCluster> {
  const names = namespaces.map(({ name }) => name);
  if (cluster.state === "running" && tools.kubectl !== undefined) {
    return askCluster(kubectlOf({ target, tools, env }), names);
  }
  const isKnown = cluster.profile !== undefined || cluster.entry?.minikube === false;
  const folder = minikubeHome(env, directories.home);
  return {
    state: cluster.state === "running" || isKnown ? "silent" : "missing",
    namespaces: new Map(),
    ...(cluster.profile === undefined && {
      authorityWithoutProfile: fingerprintOfFile(minikubeAuthorityFile(folder)),
    }),
  };
}

/** Reads the UIDs of kube-system and of some namespaces. */
export async function askCluster(
  kubectl: Pick<Kubectl, "run" | "ready">,
  names: readonly string[],
): Promise<LiveCluster> {
  const uids = await Promise.all(
    ["kube-system", ...names].map(async (name) => {
      const { code, stdout } = await kubectl.run([
        ...["get", "namespace", name],
        ...["--ignore-not-found", "-o", "jsonpath={.metadata.uid}"],
      ]);
      if (code !== 0) return undefined;
      return [name, stdout.trim() === "" ? undefined : stdout.trim()] as const;
    }),
  );
  const readable = new Map(uids.filter((entry) => entry !== undefined));
  // A user who may read none of them can still ask whether the server is ready.
  const answers = readable.size > 0 || (await kubectl.ready());
  const uid = readable.get("kube-system");
  if (!names.includes("kube-system")) readable.delete("kube-system");
  return { state: answers ? "running" : "silent", uid, namespaces: readable };
}
