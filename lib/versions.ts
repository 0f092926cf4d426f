/** A command line tool that the project needs and installs where it is missing. */
export type Tool = "pulumi" | "helm" | "kubectl" | "minikube";

/** A plugin of the Pulumi engine that the program needs. */
export type PluginName = "kubernetes" | "docker" | "random";

/**
 * The version of each tool that is installed where the tool is missing, from its release or, in offline
 * mode, from source. A tool that is there already is used in its own version.
 */
export const toolVersions: Readonly<Record<Tool, string>> = {
  pulumi: "3.259.0",
  kubectl: "1.34.0",
  helm: "3.22.0",
  minikube: "1.38.1",
};

/** The oldest Pulumi that the program runs on. Pulumi.yaml tells Pulumi the same. */
export const MINIMUM_PULUMI_VERSION = "3.207.0";

/** Where users find the installation instructions of each tool. */
export const toolPages: Readonly<Record<Tool | "docker", string>> = {
  pulumi: "https://www.pulumi.com/docs/install/",
  kubectl: "https://kubernetes.io/docs/tasks/tools/",
  helm: "https://helm.sh/docs/intro/install/",
  minikube: "https://minikube.sigs.k8s.io/docs/start/",
  docker: "https://docs.docker.com/get-started/get-docker/",
};

/** The arguments that make each tool print its version. */
export const versionArguments: Readonly<Record<Tool, readonly string[]>> = {
  pulumi: ["version"],
  kubectl: ["version", "--client"],
  helm: ["version", "--short"],
  minikube: ["version", "--short"],
};

/** The plugins that the program's npm packages ask for, each in the version of its package. */
export const pluginNames: readonly PluginName[] = ["kubernetes", "docker", "random"];
