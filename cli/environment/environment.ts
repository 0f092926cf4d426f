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
import type { InstalledPlugins, Plugins } from "./detect/plugins";
import type { OfflineTools } from "./provide/offline";
import { additionalVariables, type VariableChanges, withVariables } from "./variables";

/** What offline mode could do on this machine. */
export interface OfflineMode extends OfflineTools {
  /** Why offline mode can't be used here; undefined where it can. */
  unsupported: UserError | undefined;
}

/**
 * The command line's one record of the machine, for one stack. It grows in three phases:
 *
 * 1. `detect` (detect/) finds what a stack needs and what of it is there: {@link Detected}. It changes nothing.
 * 2. `decide` (decide/) derives the `Steps` from it: what to install, build and start. It is a pure function.
 * 3. `provide` (provide/) carries out the steps, and returns the same record with everything in place:
 *    {@link Environment}.
 *
 * `ensureEnvironment` runs all three. `npm run doctor` and `npm run offline` run the first one alone.
 */
export interface Detected extends StackSettings {
  /** The project's folder. */
  root: string;
  stack: string;
  /** The cluster that the settings name. */
  target: ClusterTarget;
  /** This project's folders outside of the repository, and the user's home. */
  directories: Directories;
  /** What the stack needs of the machine. */
  needs: Needs;
  /** Where each tool is; undefined where it is missing. */
  tools: LocatedTools;
  docker: DockerEngine;
  cluster: DetectedCluster;
  plugins: Plugins;
  offline: OfflineMode;
  /** What child processes get in addition to the user's own variables, and what they don't get of these. */
  added: VariableChanges;
  /** The complete environment of child processes. */
  env: NodeJS.ProcessEnv;
}

/**
 * The part of the record that needs no settings: what `detectTools` returns. Commands that have to work
 * with invalid settings, such as `npm run pulumi -- config set`, use it alone.
 */
export type DetectedTools = Pick<
  Detected,
  "root" | "directories" | "tools" | "plugins" | "offline" | "added" | "env"
>;

/**
 * The record after `provide`: the cluster runs unless the command accepts a missing one, every tool of
 * `needs.tools` is there, and so is every plugin.
 */
export interface Environment extends Detected {
  plugins: InstalledPlugins;
}

/** The parts of a record from which its variables are computed. */
type WithoutVariables<T extends DetectedTools> = Omit<T, "added" | "env">;

/** Completes a record with the variables that its tools, plugins and folders require. */
export function completeEnvironment<T extends DetectedTools>(
  parts: WithoutVariables<T>,
  userEnv: NodeJS.ProcessEnv,
): WithoutVariables<T> & Pick<DetectedTools, "added" | "env"> {
  const { root, tools, plugins, directories } = parts as WithoutVariables<DetectedTools>;
  const added = additionalVariables(userEnv, {
    root,
    binDirectories: pathFolders(tools),
    pluginFolders: plugins.pathFolders,
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
export function toolFile({ tools }: Pick<Detected, "tools">, tool: Tool): string {
  const file = tools[tool]?.file;
  if (file !== undefined) return file;
  throw new UserError(
    `${tool} is missing.`,
    "`npm run up` installs it; `npm run doctor` says what else is missing.",
  );
}

/** Returns kubectl, bound to the target. */
export function kubectlOf(environment: Pick<Detected, "tools" | "target" | "env">): Kubectl {
  return new Kubectl(toolFile(environment, "kubectl"), environment.target, environment.env);
}
