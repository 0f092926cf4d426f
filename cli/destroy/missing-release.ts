import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { StackState } from "../stack/state";

/**
 * Returns the URNs of the Helm releases that the state has and the cluster hasn't: helm's uninstall would fail
 * for each. One that is deleted with the namespace that the stack created isn't uninstalled, and is left out.
 */
export async function missingReleases(
  { resources }: StackState,
  kubectl: Pick<Kubectl, "run">,
): Promise<string[]> {
  const own = new Set(resources.filter(({ external }) => external !== true).map(({ urn }) => urn));
  const releases = resources.filter(
    ({ type, deletedWith }) =>
      type === "kubernetes:helm.sh/v3:Release" && !own.has(deletedWith ?? ""),
  );
  const missing = await Promise.all(
    releases.map(async ({ urn, id = "" }) => {
      const [namespace = "", name = ""] = id.split("/");
      const found = await kubectl.run([
        ...["get", "secrets", "-n", namespace, "-l", `owner=helm,name=${name}`, "-o", "name"],
      ]);
      return found.code === 0 && found.stdout.trim() === "" ? [urn] : [];
    }),
  );
  return missing.flat();
}
