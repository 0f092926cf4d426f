import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { StackState, StateResource } from "./state";

/**
 * Returns the Helm releases that the state has and the cluster hasn't: helm can neither upgrade nor uninstall
 * them. None where the kubeconfig's user may not look.
 */
export async function missingReleases(
  { resources }: StackState,
  kubectl: Pick<Kubectl, "run">,
): Promise<StateResource[]> {
  const releases = resources.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
  const missing = await Promise.all(
    releases.map(async (release) => {
      const [namespace = "", name = ""] = release.id?.split("/") ?? [];
      const found = await kubectl.run([
        ...["get", "secrets", "-n", namespace, "-l", `owner=helm,name=${name}`, "-o", "name"],
      ]);
      return found.code === 0 && found.stdout.trim() === "" ? [release] : [];
    }),
  );
  return missing.flat();
}

/**
 * Whether a resource goes with another one that the stack created, such as the release with its namespace: a
 * destroy doesn't delete it by itself.
 */
export function goesWithAnother(
  { resources }: StackState,
  { deletedWith }: StateResource,
): boolean {
  return resources.some(({ urn, external }) => urn === deletedWith && external !== true);
}
