import { existsSync, lstatSync } from "node:fs";
import { join } from "node:path";
import { minikubeHome } from "../../lib/minikube/profile";
import type { Progress } from "../../lib/progress/progress";
import { clusterImages } from "../cluster-images";
import { ensure } from "../core/recipe";
import { imageArchive } from "../images/recipe";
import { KUBERNETES_VERSION } from "../pins";
import { programRecipe } from "../toolchain";
import { ensureLink } from "../tools";

/** The programs that Minikube copies into its node. */
const nodePrograms = ["kubelet", "kubeadm", "kubectl"];

/**
 * Builds what Minikube would download for a new cluster, and links it into the folder of Minikube's
 * downloads. Files that Minikube itself downloaded stay and are used.
 */
export async function ensureMinikubeCache(progress: Progress): Promise<void> {
  const cache = join(minikubeHome(), "cache");
  await Promise.all([
    ...clusterImages().map(async (item) => {
      const archive = await imageArchive(item, progress);
      linkUnlessDownloaded(archive, join(cache, "images", "amd64", cachedName(item.image)));
    }),
    ensure(programRecipe("kubernetes"), progress).then((directory) => {
      for (const name of nodePrograms) {
        const target = join(directory, name);
        linkUnlessDownloaded(target, join(cache, "linux", "amd64", KUBERNETES_VERSION, name));
      }
    }),
  ]);
}

/** The file name that Minikube gives an image: the tag's colon becomes an underscore. */
export function cachedName(image: string): string {
  const colon = image.lastIndexOf(":");
  return `${image.slice(0, colon)}_${image.slice(colon + 1)}`;
}

function linkUnlessDownloaded(target: string, path: string): void {
  const downloaded = existsSync(path) && !lstatSync(path).isSymbolicLink();
  if (!downloaded) ensureLink(target, path);
}
