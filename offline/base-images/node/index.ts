import { chownSync, cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { filesBelow } from "../../core/digest";
import { offlineDirectory } from "../../core/paths";
import { packLayer } from "../../images/layer";
import { type ImageRecipe, imageRecipe } from "../../images/recipe";
import { baseImages, nodePackage, npmPackage } from "../../pins";
import { unpackNpmPackage } from "../../sources/npm";
import { addUser, debianLayer, type User } from "../debian";

const user: User = { name: "node", id: 1000, home: "/home/node" };

/**
 * The base image of the project's Dockerfiles: Node's official binary and npm on Debian, with the
 * layout of the official image of the same name.
 */
export function nodeBaseImage(): ImageRecipe {
  const debian = debianLayer();
  return imageRecipe("base-node", baseImages.node, {
    needs: [debian],
    inputs: {
      nodePackage,
      npmPackage,
      user,
      sources: filesBelow(offlineDirectory("base-images", "node")),
    },
    config: {
      Env: [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        `NODE_VERSION=${nodePackage.version}`,
        // Node has built-in certificates; npm behind a proxy that re-signs TLS connections needs these.
        "NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt",
      ],
      Entrypoint: ["docker-entrypoint.sh"],
      Cmd: ["node"],
    },
    layers: async (stage, folderOf) => {
      const files = join(stage, "files");
      const local = join(files, "usr/local");
      const modules = join(local, "lib/node_modules");
      await Promise.all([
        unpackNpmPackage(nodePackage, join(stage, "node")),
        unpackNpmPackage(npmPackage, join(modules, "npm")),
      ]);
      mkdirSync(join(local, "bin"), { recursive: true });
      cpSync(join(stage, "node/bin/node"), join(local, "bin/node"));
      cpSync(join(stage, "node/LICENSE"), join(local, "LICENSE"));
      symlinkSync("node", join(local, "bin/nodejs"));
      for (const name of ["npm", "npx"]) {
        symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, "bin", name));
      }
      cpSync(
        offlineDirectory("base-images", "node", "entrypoint.sh"),
        join(local, "bin/docker-entrypoint.sh"),
      );
      addUser(folderOf(debian), files, user);
      mkdirSync(join(files, user.home), { recursive: true });
      chownSync(join(files, user.home), user.id, user.id);
      await packLayer(files, join(stage, "layer.tar"));
      return [join(folderOf(debian), "layer.tar"), join(stage, "layer.tar")];
    },
  });
}
