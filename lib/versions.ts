import type { PluginName, Tool } from "../offline";

/**
 * The versions that are installed where a tool is missing. What is there already is used in its own
 * version.
 */
export const toolVersions: Record<Tool, string> = {
  pulumi: "3.265.0",
  kubectl: "1.34.0",
  helm: "3.22.0",
  minikube: "1.38.1",
};

/** The oldest Pulumi that the program runs on; Pulumi.yaml says the same to Pulumi. */
export const leastPulumi = "3.207.0";

/** Where people get each tool themselves. */
export const toolPages: Record<Tool | "docker", string> = {
  pulumi: "https://www.pulumi.com/docs/install/",
  kubectl: "https://kubernetes.io/docs/tasks/tools/",
  helm: "https://helm.sh/docs/intro/install/",
  minikube: "https://minikube.sigs.k8s.io/docs/start/",
  docker: "https://docs.docker.com/get-started/get-docker/",
};

/** What prints a tool's version. */
export const versionArguments: Record<Tool, readonly string[]> = {
  pulumi: ["version"],
  kubectl: ["version", "--client"],
  helm: ["version", "--short"],
  minikube: ["version", "--short"],
};

/** The plugins that the program's packages ask for, each in its package's own version. */
export const pluginNames: readonly PluginName[] = ["kubernetes", "docker", "random"];
