import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { directories } from "../../lib/paths";
import { filesBelow } from "../core/digest";
import { offlineDirectory } from "../core/paths";
import { isBuilt, type Recipe, recipe } from "../core/recipe";
import {
  CRI_DOCKERD_VERSION,
  CRICTL_VERSION,
  HELM_VERSION,
  KUBE_ROUTER_VERSION,
  KUBERNETES_VERSION,
  MINIKUBE_VERSION,
  minikubeParts,
  PULUMI_LANGUAGE_VERSION,
  PULUMI_VERSION,
} from "../pins";
import { ensurePackages } from "../sources/debian";
import {
  buildCache,
  goBuild,
  goBuildArguments,
  goBuilds,
  goEnvironment,
  type GoProgram,
  goVersion,
  moduleDirectory,
} from "../sources/go";

/** The Kubernetes programs. All are one binary, whose name selects the program. */
export const kubernetesPrograms = [
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kube-proxy",
  "kubelet",
  "kubeadm",
  "kubectl",
  "etcd",
] as const;

const [, MINOR = ""] = KUBERNETES_VERSION.split(".");
const PULUMI_VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * All programs in the order in which missing ones are built: first those that the engine and the cluster
 * wait for, of these the longest build first, then the rest.
 */
const programs = [
  { name: "runc-here", package: "." },
  { name: "pause", package: "." },
  {
    name: "kubernetes",
    package: ".",
    variables: Object.fromEntries(
      ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((path) => [
        [`${path}.gitVersion`, KUBERNETES_VERSION],
        [`${path}.gitMajor`, "1"],
        [`${path}.gitMinor`, MINOR],
        [`${path}.gitTreeState`, "clean"],
      ]),
    ),
  },
  {
    name: "cri-dockerd",
    package: "github.com/Mirantis/cri-dockerd",
    variables: {
      "github.com/Mirantis/cri-dockerd/cmd/version.Version": CRI_DOCKERD_VERSION.slice(1),
    },
  },
  {
    name: "minikube",
    package: "k8s.io/minikube/cmd/minikube",
    variables: {
      "k8s.io/minikube/pkg/version.version": MINIKUBE_VERSION,
      "k8s.io/minikube/pkg/version.isoVersion": minikubeParts.iso,
      "k8s.io/minikube/pkg/version.storageProvisionerVersion": minikubeParts.storageProvisioner,
    },
    // The KVM driver needs cgo. It loads libvirt at run time, which is not needed here.
    cgo: true,
    tags: "libvirt_dlopen",
  },
  { name: "coredns", package: "." },
  {
    name: "crictl",
    package: "sigs.k8s.io/cri-tools/cmd/crictl",
    variables: { "sigs.k8s.io/cri-tools/pkg/version.Version": CRICTL_VERSION },
  },
  {
    name: "storage-provisioner",
    package: "k8s.io/minikube/cmd/storage-provisioner",
    variables: { "k8s.io/minikube/pkg/storage.version": minikubeParts.storageProvisioner },
  },
  {
    name: "kube-router",
    package: "github.com/cloudnativelabs/kube-router/cmd/kube-router",
    variables: {
      "github.com/cloudnativelabs/kube-router/pkg/version.Version": KUBE_ROUTER_VERSION,
    },
  },
  {
    name: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    variables: { [PULUMI_VERSION_VARIABLE]: PULUMI_VERSION },
  },
  {
    name: "pulumi-language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    variables: { [PULUMI_VERSION_VARIABLE]: PULUMI_LANGUAGE_VERSION },
  },
  {
    name: "helm",
    package: "helm.sh/helm/v3/cmd/helm",
    variables: { "helm.sh/helm/v3/internal/version.version": HELM_VERSION },
  },
  { name: "metrics-server", package: "sigs.k8s.io/metrics-server/cmd/metrics-server" },
] as const satisfies readonly GoProgram[];

/** A program that is built from Go modules. */
export type ProgramName = (typeof programs)[number]["name"];

/** The names of all programs, in the order in which they are built. */
export const programNames: readonly ProgramName[] = programs.map((program) => program.name);

/** Returns how a program is built. */
export function goProgram(name: ProgramName): GoProgram {
  const found = programs.find((program) => program.name === name);
  if (found === undefined) throw new Error(`no program ${name} in offline/toolchain`);
  return found;
}

/** A folder with the program. Its key depends on the pins, the sources, the flags and Go's version. */
export function programRecipe(name: ProgramName): Recipe {
  const program = goProgram(name);
  const inputs = {
    go: goVersion(),
    sources: filesBelow(offlineDirectory("toolchain", name)),
    arguments: goBuildArguments(program, name),
    environment: { ...goEnvironment(program), GOCACHE: undefined },
  };
  const item = recipe(`tools/${name}`, `build ${name}`, { inputs }, async (directory, progress) => {
    if (program.cgo === true) await ensurePackages(["gcc", "libc6-dev"], progress);
    await goBuild(program, join(directory, name));
    await addFiles[name]?.(directory);
  });
  return { ...item, queue: (task) => goBuilds.run(task, programNames.indexOf(name)) };
}

/** Adds further files to a program's folder. */
const addFiles: Partial<Record<ProgramName, (directory: string) => Promise<void> | void>> = {
  kubernetes: (directory) => {
    for (const name of kubernetesPrograms) symlinkSync("kubernetes", join(directory, name));
  },
  // The systemd units that start it in the node.
  "cri-dockerd": async (directory) => {
    const module = await moduleDirectory("cri-dockerd", "github.com/Mirantis/cri-dockerd");
    mkdirSync(join(directory, "systemd"));
    for (const unit of ["cri-docker.service", "cri-docker.socket"]) {
      cpSync(join(module, "packaging", "systemd", unit), join(directory, "systemd", unit));
    }
  },
};

/** Programs that not every machine needs. */
const optional: readonly ProgramName[] = ["metrics-server"];

/** Removes the compiled packages, some gigabytes, when all programs are built and no build runs. */
export function removeBuildCacheWhenDone(): void {
  if (!existsSync(buildCache())) return;
  const required = programNames.filter((name) => !optional.includes(name));
  if (!required.every((name) => isBuilt(programRecipe(name)))) return;
  const locks = readdirSync(join(directories().cache, "locks"));
  if (locks.some((lock) => lock.startsWith("tools-"))) return;
  rmSync(buildCache(), { recursive: true, force: true });
}
