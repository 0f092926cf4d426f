import { builtTools } from "../../../offline";
import type { Tool } from "../../../lib/versions";
import { directories, type Directories } from "../../../lib/paths";
import { additions, merged } from "../variables";
import { pathOf } from "../../../lib/process/which";
import { folderOf, locate, type Located } from "./locate-tool";
import { findPlugins, type Plugins } from "./survey";

const tools: readonly Tool[] = ["pulumi", "kubectl", "helm", "minikube"];

/** The tools that are there, and the environment that they run in. */
export interface ToolEnvironment {
  directories: Directories;
  tools: Partial<Record<Tool, Located | undefined>>;
  plugins: Plugins;
  /** What the environment has beyond the user's. */
  added: Record<string, string>;
  env: NodeJS.ProcessEnv;
}

/**
 * The environment for pulumi without a look at the settings: what is wrong with those must not keep
 * anyone from mending them.
 */
export function toolEnvironment(
  root: string,
  env: NodeJS.ProcessEnv = process.env,
): ToolEnvironment {
  const folders = directories(env);
  const places = { path: pathOf(env), cache: folders.cache, sandbox: builtTools() };
  const located = tools.map((tool) => [tool, locate(tool, places)] as const);
  const found = Object.fromEntries(located);
  const plugins = findPlugins(root, env, folders, found);
  const added = additions(env, {
    binDirectories: located.flatMap(([, tool]) => (tool === undefined ? [] : folderOf(tool))),
    pulumiHome: plugins.home,
    stateDirectory: folders.state,
  });
  return { directories: folders, tools: found, plugins, added, env: merged(env, added) };
}
