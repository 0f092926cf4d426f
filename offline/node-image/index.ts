import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import type { Recipe } from "../core/recipe";
import { type ImageRecipe, imageRecipe } from "../images/recipe";
import { hasSysResource } from "../machine";
import { minikubeParts } from "../pins";
import { packLayer } from "../sources/debian";
import { programRecipe } from "../toolchain";
import { nodeRoot, rootLayer } from "./root";

/**
 * The image of Minikube's node: a Debian with systemd, docker and containerd, and over it the
 * programs that are built from modules. One image serves both container runtimes.
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
      layers: async (stage, made) => {
        const programs = join(stage, "programs");
        const put = (need: Recipe, file: string, to: string) => {
          mkdirSync(join(programs, to, ".."), { recursive: true });
          cpSync(join(made(need), file), join(programs, to));
        };
        put(crictl, "crictl", "usr/local/bin/crictl");
        put(criDockerd, "cri-dockerd", "usr/bin/cri-dockerd");
        put(criDockerd, "systemd/cri-docker.service", "usr/lib/systemd/system/cri-docker.service");
        put(criDockerd, "systemd/cri-docker.socket", "usr/lib/systemd/system/cri-docker.socket");
        // Minikube writes the node's own engine configuration, so that no runtime can be named there;
        // /usr/local/sbin comes first on systemd's PATH.
        if (runcHere !== undefined) put(runcHere, "runc-here", "usr/local/sbin/runc");
        await packLayer(programs, join(stage, "programs.tar"));
        return [join(made(root), rootLayer), join(stage, "programs.tar")];
      },
    },
  );
}
