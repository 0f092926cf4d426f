import { capture } from "../process/capture";
import type { Kubectl } from "./kubectl";

/** The images in a Minikube's node. */
export class NodeImages {
  constructor(
    private readonly minikube: string,
    private readonly profile: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Images of some repositories, by their full names. */
  async of(repositories: readonly string[]): Promise<string[]> {
    const result = await this.#run(["image", "ls"]);
    return ofRepositories(result.stdout.split(/\s+/), repositories);
  }

  /** Takes images out of the node. */
  async remove(images: readonly string[]): Promise<void> {
    if (images.length > 0) await this.#run(["image", "rm", ...images]);
  }

  #run(args: readonly string[]) {
    return capture(this.minikube, ["-p", this.profile, ...args], {
      env: this.env,
      timeoutMs: 120_000,
    });
  }
}

/** Of some image names those of some repositories; runtimes write Docker Hub's prefix or leave it out. */
export function ofRepositories(
  images: readonly string[],
  repositories: readonly string[],
): string[] {
  return images.filter((image) => {
    const bare = image.replace(/^docker\.io\/(library\/)?/, "");
    return repositories.some((name) => bare.startsWith(`${name}:`) || bare.startsWith(`${name}@`));
  });
}

/** Images that pods of any namespace use: another stack's, on the same cluster, must stay. */
export async function imagesInUse(kubectl: Pick<Kubectl, "text">): Promise<Set<string>> {
  const output = await kubectl.text([
    "get",
    "pods",
    "-A",
    "-o",
    "jsonpath={range .items[*]}{range .spec.containers[*]}{.image}{'\\n'}{end}{range .spec.initContainers[*]}{.image}{'\\n'}{end}{end}",
  ]);
  const bare = (image: string) => image.replace(/^docker\.io\/(library\/)?/, "");
  return new Set(output.split("\n").filter(Boolean).map(bare));
}
