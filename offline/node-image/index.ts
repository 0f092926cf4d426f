import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Recipe } from "../core/recipe";
import { packLayer } from "../images/layer";
import { type ImageRecipe, imageRecipe } from "../images/recipe";
import { hasSysResource } from "../machine";
import { minikubeParts } from "../pins";
import { programRecipe } from "../toolchain";
import { nodeRoot, ROOT_LAYER } from "./root";

/**
 * The image of Minikube's node: Debian with systemd, docker and containerd, and the programs that are
 * built from Go modules. One image serves both container runtimes.
 */
export function nodeImage(): ImageRecipe {
  const root = nodeRoot();
  const crictl = programRecipe("crictl");
  const criDockerd = programRecipe("cri-dockerd");
  const runcHere = hasSysResource() ? undefined : programRecipe("runc-here");
  const needs = [root, crictl, criDockerd, ...(runcHere === undefined ? [] : [runcHere])];

  return imageRecipe(
    "minikube-node",
    (key) => `local/minikube-node:${minikubeParts.nodeImage}-${key}`,
    {
      needs,
      config: {
        Env: [
          "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
          "container=docker",
        ],
        Entrypoint: ["/usr/local/bin/entrypoint", "/sbin/init"],
        StopSignal: "SIGRTMIN+3",
        ExposedPorts: { "22/tcp": {} },
      },
      layers: async (stage, folderOf) => {
        const programs = join(stage, "programs");
        const copy = (need: Recipe, file: string, to: string) => {
          mkdirSync(join(programs, to, ".."), { recursive: true });
          cpSync(join(folderOf(need), file), join(programs, to));
        };
        copy(crictl, "crictl", "usr/local/bin/crictl");
        copy(criDockerd, "cri-dockerd", "usr/bin/cri-dockerd");
        copy(criDockerd, "systemd/cri-docker.service", "usr/lib/systemd/system/cri-docker.service");
        copy(criDockerd, "systemd/cri-docker.socket", "usr/lib/systemd/system/cri-docker.socket");
        // Minikube overwrites the docker configuration of the node, so a runtime can't be configured
        // there. /usr/local/sbin comes first on systemd's PATH.
        if (runcHere !== undefined) copy(runcHere, "runc-here", "usr/local/sbin/runc");
        await packLayer(programs, join(stage, "programs.tar"));
        return [join(folderOf(root), ROOT_LAYER), join(stage, "programs.tar")];
      },
    },
  );
}
