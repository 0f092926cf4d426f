/** Names by which other programs call the contexts that they make. */
const others: readonly [RegExp, string][] = [
  [/^kind-/, "kind"],
  [/^k3d-/, "k3d"],
  [/^docker-desktop$|^docker-for-desktop$/, "Docker Desktop"],
  [/^rancher-desktop$/, "Rancher Desktop"],
  [/^orbstack$/, "OrbStack"],
  [/^colima/, "Colima"],
  [/^microk8s$/, "MicroK8s"],
  [/^(gke_|arn:|do-)/, "a cloud provider"],
];

/**
 * Why no Minikube profile can be made for a context that doesn't exist; undefined where one can. A name
 * that belongs to another program, or that the settings allow as a cluster elsewhere, is meant to be
 * there already.
 */
export function whyNotMinikube(
  context: string,
  allowedContexts: readonly string[],
): string | undefined {
  const other = others.find(([pattern]) => pattern.test(context))?.[1];
  if (other !== undefined) return `by its name it is a context of ${other}`;
  if (allowedContexts.includes(context)) return "allowedContexts names it as a cluster elsewhere";
  if (!/^[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?$/.test(context) || context.length < 2) {
    return "its name can't be that of a Minikube profile";
  }
  return undefined;
}
