import { binDirectory, toolFile, type Tool } from "../../sandbox";

/** What the sandbox has built already. */
export interface SandboxTools {
  /** The folder that its programs are called from. */
  binDirectory: string;
  /** The file of each tool that is built and current. */
  tools: Readonly<Record<Tool, string | undefined>>;
}

/**
 * What the sandbox has built, by its own account. Its whole status takes seconds, as it asks Minikube
 * and measures the cache; this takes none.
 */
export function toolsOfSandbox(): SandboxTools {
  return {
    binDirectory: binDirectory(),
    tools: {
      pulumi: toolFile("pulumi"),
      helm: toolFile("helm"),
      kubectl: toolFile("kubectl"),
      minikube: toolFile("minikube"),
    },
  };
}
