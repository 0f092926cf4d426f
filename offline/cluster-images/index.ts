import { cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { directoryOf, type Recipe, recipe } from "../core/recipe";
import type { ImageConfig } from "../images/archive";
import { packLayer } from "../images/layer";
import { type ImageRecipe, imageRecipe } from "../images/recipe";
import { NETFILTER_LAYER, nodeRoot } from "../node-image/root";
import {
  CORE_DNS_VERSION,
  KUBE_ROUTER_VERSION,
  KUBERNETES_VERSION,
  METRICS_SERVER_VERSION,
  minikubeParts,
} from "../pins";
import { type ProgramName, programRecipe } from "../toolchain";

const REGISTRY = "registry.k8s.io";
const PATH = "PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * The images that a new cluster needs, under the names that kubeadm and Minikube ask for. Each contains
 * one program and no operating system.
 */
export function clusterImages(): ImageRecipe[] {
  return [
    kubernetesImage("kube-apiserver", KUBERNETES_VERSION),
    kubernetesImage("kube-controller-manager", KUBERNETES_VERSION),
    kubernetesImage("kube-scheduler", KUBERNETES_VERSION),
    kubernetesImage("kube-proxy", KUBERNETES_VERSION, nodeRoot()),
    kubernetesImage("etcd", minikubeParts.etcd),
    programImage(`${REGISTRY}/coredns/coredns:${CORE_DNS_VERSION}`, "coredns", {
      Entrypoint: ["/coredns"],
      ExposedPorts: { "53/tcp": {}, "53/udp": {} },
    }),
    programImage(`${REGISTRY}/pause:${minikubeParts.pause}`, "pause", {
      Entrypoint: ["/pause"],
      User: "65535:65535",
    }),
    programImage(
      `gcr.io/k8s-minikube/storage-provisioner:${minikubeParts.storageProvisioner}`,
      "storage-provisioner",
      { Cmd: ["/storage-provisioner"] },
    ),
  ];
}

/** The image of the metrics-server addon. */
export function metricsServerImage(): ImageRecipe {
  return programImage(
    `${REGISTRY}/metrics-server/metrics-server:${METRICS_SERVER_VERSION}`,
    "metrics-server",
    { Entrypoint: ["/metrics-server"], User: "65534" },
  );
}

/** The image of kube-router, which enforces NetworkPolicies. */
export function kubeRouterImage(): ImageRecipe {
  const name = `local/kube-router:${KUBE_ROUTER_VERSION}`;
  return programImage(
    name,
    "kube-router",
    { Env: [PATH], Entrypoint: ["/kube-router"] },
    nodeRoot(),
  );
}

/** An image with one program in its root folder, and the packet filter tools where it calls them. */
function programImage(
  name: string,
  program: ProgramName,
  config: ImageConfig,
  netfilter?: Recipe,
): ImageRecipe {
  const built = programRecipe(program);
  return imageRecipe(program, name, {
    config,
    needs: netfilter === undefined ? [built] : [netfilter, built],
    layers: async (stage, folderOf) => {
      const files = join(stage, "files");
      mkdirSync(files);
      cpSync(join(folderOf(built), program), join(files, program));
      await packLayer(files, join(stage, "program.tar"));
      return [...netfilterLayers(netfilter, folderOf), join(stage, "program.tar")];
    },
  });
}

/** An image of a Kubernetes program: a layer with the common binary, and a layer with a link to it. */
function kubernetesImage(name: string, tag: string, netfilter?: Recipe): ImageRecipe {
  const shared = kubernetesLayer();
  return imageRecipe(name, `${REGISTRY}/${name}:${tag}`, {
    config: { Env: [PATH], Entrypoint: [`/usr/local/bin/${name}`] },
    needs: netfilter === undefined ? [shared] : [netfilter, shared],
    layers: async (stage, folderOf) => {
      const files = join(stage, "files");
      mkdirSync(join(files, "usr/local/bin"), { recursive: true });
      symlinkSync("kubernetes", join(files, "usr/local/bin", name));
      await packLayer(files, join(stage, "link.tar"));
      const program = join(folderOf(shared), "layer.tar");
      return [program, ...netfilterLayers(netfilter, folderOf), join(stage, "link.tar")];
    },
  });
}

function kubernetesLayer(): Recipe {
  const built = programRecipe("kubernetes");
  const create: Recipe["create"] = async (directory) => {
    const files = join(directory, "files");
    mkdirSync(join(files, "usr/local/bin"), { recursive: true });
    cpSync(join(directoryOf(built), "kubernetes"), join(files, "usr/local/bin/kubernetes"));
    await packLayer(files, join(directory, "layer.tar"));
    rmSync(files, { recursive: true });
  };
  return recipe(
    "layers/kubernetes",
    "layer of the Kubernetes programs",
    { inputs: 1, needs: [built] },
    create,
  );
}

function netfilterLayers(root: Recipe | undefined, folderOf: (need: Recipe) => string): string[] {
  return root === undefined ? [] : [join(folderOf(root), NETFILTER_LAYER)];
}
