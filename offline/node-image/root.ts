import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";

import { run } from "../core/command";
import { filesBelow } from "../core/digest";
import { offlineDirectory } from "../core/paths";
import { recipe, type Recipe } from "../core/recipe";
import { hasSysResource } from "../machine";
import { debianRelease, minikubeParts, minikubeVersion } from "../pins";
import { debianRoot, neutralise, packLayer } from "../sources/debian";
import { moduleDirectory } from "../sources/go";
import { packNetfilter } from "./netfilter";

/** The packages of Minikube's node image; Debian's docker and containerd take the place of newer ones. */
const packages = [
  ...["systemd", "systemd-sysv", "dbus", "conntrack", "iptables", "ipset", "iproute2", "ethtool"],
  ...["socat", "util-linux", "mount", "ebtables", "udev", "kmod", "libseccomp2", "pigz", "bash"],
  ...["ca-certificates", "curl", "rsync", "iputils-ping", "netcat-openbsd", "lz4", "sudo", "jq"],
  ...["openssh-server", "procps", "passwd", "login", "libpam-runtime"],
  ...["docker.io", "containerd", "runc", "containernetworking-plugins"],
];

/** The node's root file system, as a layer, and its packet filter tools, as a layer of their own. */
export function nodeRoot(): Recipe {
  const environment = {
    VERSION_JSON: JSON.stringify({
      iso_version: minikubeParts.iso,
      kicbase_version: minikubeParts.nodeImage,
      minikube_version: minikubeVersion,
      commit: "sandbox",
    }),
    RESTRICT_OOM_SCORE_ADJ: hasSysResource() ? "0" : "1",
  };
  const inputs = {
    debianRelease,
    environment,
    sources: filesBelow(offlineDirectory("node-image")),
  };
  return recipe(
    "roots/node",
    "Debian root of the node",
    { inputs },
    async (directory, progress) => {
      const root = join(directory, "root");
      await debianRoot(root, { variant: "minbase", packages, log: "debian-node" }, progress);
      const module = await moduleDirectory("minikube", "k8s.io/minikube");
      cpSync(join(module, "deploy", "kicbase"), join(root, "kicbase"), { recursive: true });
      cpSync(offlineDirectory("node-image", "setup.sh"), join(root, "setup.sh"));
      await run(["chroot", root, "/bin/bash", "/setup.sh"], {
        env: environment,
        log: "node-setup",
      });
      rmSync(join(root, "setup.sh"));
      neutralise(root);
      await packNetfilter(root, join(directory, netfilterLayer));
      await packLayer(root, join(directory, rootLayer));
      rmSync(root, { recursive: true });
    },
  );
}

export const rootLayer = "root.tar";
export const netfilterLayer = "netfilter.tar";
