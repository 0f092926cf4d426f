/** Names that other programs give to the contexts that they create. */
const foreignNames: readonly [RegExp, string][] = [
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
 * Returns why no Minikube profile can be created for a context that doesn't exist; undefined where one
 * can. A context that belongs to another program, or that the settings allow as a remote cluster, is
 * expected to exist already.
 */
export function whyNotMinikube(
  context: string,
  allowedContexts: readonly string[],
): string | undefined {
  const owner = foreignNames.find(([pattern]) => pattern.test(context))?.[1];
  if (owner !== undefined) return `its name is that of a context of ${owner}`;
  if (allowedContexts.includes(context)) return "allowedContexts names it as a remote cluster";
  if (!/^[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?$/.test(context) || context.length < 2) {
    return "its name can't be that of a Minikube profile";
  }
  return undefined;
}
