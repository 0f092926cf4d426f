import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { ClusterTarget } from "../../lib/kubernetes/target";
import { run } from "../../lib/process/run";

/** Lists the images in the node of a Minikube profile, by all their names. */
export async function imagesInNode(
  minikube: string,
  target: Pick<ClusterTarget, "context" | "environment">,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const { stdout } = await run(minikube, ["-p", target.context, "image", "ls"], {
    env: { ...env, ...target.environment },
    timeoutMs: 120_000,
  });
  return stdout.split(/\s+/).filter((name) => name !== "");
}

/**
 * Returns the images of a stack that are left in the node. One that a pod uses belongs to another stack too,
 * as the pods of this one are gone, and isn't left over.
 */
export function leftoverImages(
  ours: readonly string[],
  present: readonly string[],
  inUse: readonly string[],
): string[] {
  const there = new Set(present.map(withoutHub));
  const used = new Set(inUse.map(withoutHub));
  return ours.filter((name) => there.has(withoutHub(name)) && !used.has(withoutHub(name)));
}

/** Lists the images that pods of any namespace use; those of none where the user may not list pods. */
export async function imagesInUse(kubectl: Pick<Kubectl, "run">): Promise<string[]> {
  const { stdout } = await kubectl.run([
    "get",
    "pods",
    "-A",
    "-o",
    "jsonpath={range .items[*]}{range .spec.containers[*]}{.image}{'\\n'}{end}{range .spec.initContainers[*]}{.image}{'\\n'}{end}{end}",
  ]);
  return stdout.split("\n").filter((name) => name !== "");
}

/** Removes Docker Hub's prefix, which some runtimes write and others leave out. */
function withoutHub(image: string): string {
  return image.replace(/^docker\.io\/(library\/)?/, "");
}
