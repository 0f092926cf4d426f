import { run } from "../../lib/process/run";
import type { Kubectl } from "../../lib/kubernetes/kubectl";

/** The images in the node of a Minikube, by all their names. */
export async function imagesInNode(
  minikube: string,
  profile: string,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const args = ["-p", profile, "image", "ls"];
  const { stdout } = await run(minikube, args, { env, timeoutMs: 120_000 });
  return stdout.split(/\s+/).filter((name) => name !== "");
}

/**
 * Of a stack's images those that are in the node still. One that a pod uses belongs to another stack as
 * well, as this one's pods are gone, and stays with it.
 */
export function imagesLeft(
  ours: readonly string[],
  present: readonly string[],
  inUse: readonly string[],
): string[] {
  const there = new Set(present.map(bare));
  const used = new Set(inUse.map(bare));
  return ours.filter((name) => there.has(bare(name)) && !used.has(bare(name)));
}

/** Images that pods of any namespace use. */
export async function imagesInUse(kubectl: Pick<Kubectl, "text">): Promise<string[]> {
  const output = await kubectl.text([
    "get",
    "pods",
    "-A",
    "-o",
    "jsonpath={range .items[*]}{range .spec.containers[*]}{.image}{'\\n'}{end}{range .spec.initContainers[*]}{.image}{'\\n'}{end}{end}",
  ]);
  return output.split("\n").filter((name) => name !== "");
}

/** Runtimes write Docker Hub's prefix, or leave it out. */
function bare(image: string): string {
  return image.replace(/^docker\.io\/(library\/)?/, "");
}
