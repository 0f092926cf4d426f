import type { Kubectl } from "../../lib/kubernetes/kubectl";
import { databaseClaimName, type Settings } from "../../settings";

/** The part of a PersistentVolume that this folder reads. */
export interface PersistentVolume {
  metadata: { name: string; annotations?: Partial<Record<string, string>> };
  spec: {
    claimRef?: { namespace?: string; name?: string; uid?: string };
    persistentVolumeReclaimPolicy?: string;
    hostPath?: { path?: string };
  };
  status?: { phase?: string };
}

/** The claim of a stack's database. */
export interface DatabaseClaim {
  namespace: string;
  name: string;
  /** UID of the claim that is in the cluster; undefined where there is none. */
  uid: string | undefined;
}

/** Folder in Minikube's node below which its provisioner creates the volumes. */
const HOSTPATH_FOLDER = "/tmp/hostpath-provisioner";
const HOSTPATH_PROVISIONER = "k8s.io/minikube-hostpath";

/** Reads which claim the database of a stack has. */
export async function readDatabaseClaim(
  kubectl: Pick<Kubectl, "run">,
  { namespace, postgres }: Pick<Settings, "namespace" | "postgres">,
): Promise<DatabaseClaim> {
  const name = databaseClaimName(postgres.name);
  const result = await kubectl.run([
    ...["get", "persistentvolumeclaim", name, "-n", namespace],
    ...["--ignore-not-found", "-o", "jsonpath={.metadata.uid}"],
  ]);
  const uid = result.code === 0 ? result.stdout.trim() : "";
  return { namespace, name, uid: uid === "" ? undefined : uid };
}

/**
 * Returns the volumes that a claim has left: the claim is gone, and the volume is still there. None where the
 * kubeconfig's user may not list volumes.
 */
export async function releasedVolumes(
  kubectl: Pick<Kubectl, "run">,
  { namespace, name }: Pick<DatabaseClaim, "namespace" | "name">,
): Promise<PersistentVolume[]> {
  const result = await kubectl.run(["get", "persistentvolumes", "-o", "json"]);
  if (result.code !== 0) return [];
  const { items } = JSON.parse(result.stdout) as { items: PersistentVolume[] };
  return items.filter(
    ({ spec: { claimRef }, status }) =>
      claimRef?.namespace === namespace &&
      claimRef.name === name &&
      (status?.phase === "Released" || status?.phase === "Failed"),
  );
}

/**
 * Returns the folder in the node with the data of a volume that Minikube's provisioner has created for a claim.
 *
 * @returns undefined for a volume of any other kind or place.
 */
export function nodeFolder(
  { metadata, spec }: PersistentVolume,
  { namespace, name }: Pick<DatabaseClaim, "namespace" | "name">,
): string | undefined {
  const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
  const expected = `${HOSTPATH_FOLDER}/${namespace}/${name}`;
  const byMinikube =
    metadata.annotations?.["pv.kubernetes.io/provisioned-by"] === HOSTPATH_PROVISIONER;
  if (!byMinikube || !label.test(namespace) || !label.test(name)) return undefined;
  return spec.hostPath?.path === expected ? expected : undefined;
}
