import { execFileSync } from "node:child_process";
import { expandHome } from "../../lib/paths";

/**
 * Returns the UID of the namespace kube-system, which identifies a cluster. It is asked with kubectl, because a
 * read through Pulumi's provider would end the update where the kubeconfig's user may not read it.
 *
 * @param kubeconfig path of the kubeconfig; empty: the one that kubectl finds.
 * @returns undefined where it can't be read.
 */
export function systemUid(
  context: string,
  kubeconfig: string,
  env: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const file = kubeconfig === "" ? [] : ["--kubeconfig", expandHome(kubeconfig)];
  const query = ["get", "namespace", "kube-system", "-o", "jsonpath={.metadata.uid}"];
  try {
    // Synchronous, because the program's exports depend on the cluster.
    const output = execFileSync("kubectl", ["--context", context, ...file, ...query], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
    });
    return output.trim() === "" ? undefined : output.trim();
  } catch {
    return undefined;
  }
}
