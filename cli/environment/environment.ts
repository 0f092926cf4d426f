import { UserError } from "../../lib/errors";
import { Kubectl } from "../../lib/kubernetes/kubectl";
import type { ClusterTarget } from "../../lib/kubernetes/target";
import type { Directories } from "../../lib/paths";
import type { Tool } from "../../lib/versions";
import type { StackSettings } from "../stack/stack-settings";
import type { DetectedCluster } from "./detect/cluster";
import type { DockerEngine } from "./detect/docker-engine";
import { type LocatedTools, pathFolders } from "./detect/locate-tool";
import type { Needs } from "./detect/needs";
import type { Plugins } from "./detect/plugins";
import type { OfflineTools } from "./provide/offline";
import { additionalVariables, withVariables } from "./variables";

/** What offline mode could do on this machine. */
export interface OfflineMode extends OfflineTools {
  /** Why offline mode can't be used here; undefined where it can. */
  unsupported: UserError | undefined;
}

/**
 * The tools of this machine and the variables that they run with. It needs no settings, so that
 * commands which repair settings work with invalid ones.
 */
export interface ToolEnvironment {
  /** The project's folder. */
  root: string;
  directories: Directories;
  /** Where each tool is; undefined where it is missing. */
  tools: LocatedTools;
  plugins: Plugins;
  offline: OfflineMode;
  /** Variables that child processes get in addition to the user's own. */
  added: Record<string, string>;
  /** The complete environment of child processes. */
  env: NodeJS.ProcessEnv;
}

/**
 * The command line's one record of the machine, for one stack. `detect` fills it with what is there,
 * `decide` derives from it what has to be done, and `provide` returns it with everything in place.
 */
export interface Environment extends ToolEnvironment, StackSettings {
  stack: string;
  /** The cluster that the settings name. */
  target: ClusterTarget;
  /** What the stack needs of the machine. */
  needs: Needs;
  docker: DockerEngine;
  cluster: DetectedCluster;
}

/** The parts of a record from which its variables are computed. */
type WithoutVariables<T extends ToolEnvironment> = Omit<T, "added" | "env">;

/** Completes a record with the variables that its tools, plugins and folders require. */
export function completeEnvironment<T extends ToolEnvironment>(
  parts: WithoutVariables<T>,
  userEnv: NodeJS.ProcessEnv,
): WithoutVariables<T> & Pick<ToolEnvironment, "added" | "env"> {
  const { tools, plugins, directories } = parts as WithoutVariables<ToolEnvironment>;
  const added = additionalVariables(userEnv, {
    binDirectories: pathFolders(tools),
    pulumiHome: plugins.home,
    stateDirectory: directories.state,
  });
  return { ...parts, added, env: withVariables(userEnv, added) };
}

/**
 * Returns the file of a tool.
 *
 * @throws UserError where the tool is missing.
 */
export function toolFile({ tools }: Pick<Environment, "tools">, tool: Tool): string {
  const file = tools[tool]?.file;
  if (file !== undefined) return file;
  throw new UserError(
    `${tool} is missing.`,
    "`npm run up` installs it; `npm run doctor` says what else is missing.",
  );
}

/** Returns kubectl, bound to the target. */
export function kubectlOf(environment: Pick<Environment, "tools" | "target" | "env">): Kubectl {
  return new Kubectl(toolFile(environment, "kubectl"), environment.target, environment.env);
}
