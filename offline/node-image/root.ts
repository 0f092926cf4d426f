import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { environmentWith, runOrThrow } from "../../lib/process/run";
import { filesBelow } from "../core/digest";
import { logFile, offlineDirectory } from "../core/paths";
import { type Recipe, recipe } from "../core/recipe";
import { packLayer } from "../images/layer";
import { hasSysResource } from "../machine";
import { DEBIAN_RELEASE, MINIKUBE_VERSION, minikubeParts } from "../pins";
import { clearMachineIdentity, createDebianRoot } from "../sources/debian";
import { moduleDirectory } from "../sources/go";
import { packNetfilter } from "./netfilter";

/** The packages of Minikube's node image, with Debian's docker and containerd instead of upstream's. */
const packages = [
  ...["systemd", "systemd-sysv", "dbus", "conntrack", "iptables", "ipset", "iproute2", "ethtool"],
  ...["socat", "util-linux", "mount", "ebtables", "udev", "kmod", "libseccomp2", "pigz", "bash"],
  ...["ca-certificates", "curl", "rsync", "iputils-ping", "netcat-openbsd", "lz4", "sudo", "jq"],
  ...["openssh-server", "procps", "passwd", "login", "libpam-runtime"],
  ...["docker.io", "containerd", "runc", "containernetworking-plugins"],
];

/** A folder with two layers: the root file system of the node, and its packet filter tools alone. */
export function nodeRoot(): Recipe {
  const environment = {
    VERSION_JSON: JSON.stringify({
      iso_version: minikubeParts.iso,
      kicbase_version: minikubeParts.nodeImage,
      minikube_version: MINIKUBE_VERSION,
      commit: "offline",
    }),
    RESTRICT_OOM_SCORE_ADJ: hasSysResource() ? "0" : "1",
  };
  const inputs = {
    debianRelease: DEBIAN_RELEASE,
    environment,
    sources: filesBelow(offlineDirectory("node-image")),
  };
  return recipe(
    "roots/node",
    "Debian root of the node",
    { inputs },
    async (directory, progress) => {
      const root = join(directory, "root");
      await createDebianRoot(root, { variant: "minbase", packages, log: "debian-node" }, progress);
      const module = await moduleDirectory("minikube", "k8s.io/minikube");
      cpSync(join(module, "deploy", "kicbase"), join(root, "kicbase"), { recursive: true });
      cpSync(offlineDirectory("node-image", "setup.sh"), join(root, "setup.sh"));
      await runOrThrow("chroot", [root, "/bin/bash", "/setup.sh"], {
        env: environmentWith(environment),
        logFile: logFile("node-setup"),
      });
      rmSync(join(root, "setup.sh"));
      clearMachineIdentity(root);
      await packNetfilter(root, join(directory, NETFILTER_LAYER));
      await packLayer(root, join(directory, ROOT_LAYER));
      rmSync(root, { recursive: true });
    },
  );
}

/** The file of the root file system in the folder of {@link nodeRoot}. */
export const ROOT_LAYER = "root.tar";

/** The file of the packet filter tools in the folder of {@link nodeRoot}. */
export const NETFILTER_LAYER = "netfilter.tar";
