import { directories } from "../../../lib/paths";
import { pathOf } from "../../../lib/process/which";
import type { Tool } from "../../../lib/versions";
import { completeEnvironment, type DetectedTools } from "../environment";
import { loadOffline } from "../provide/offline";
import { locateTool } from "./locate-tool";
import { findPlugins } from "./plugins";

const allTools: readonly Tool[] = ["pulumi", "kubectl", "helm", "minikube"];

/**
 * Finds the tools and plugins of this machine without reading the settings. Changes nothing.
 *
 * @param tools the tools to look for.
 */
export async function detectTools(
  root: string,
  env: NodeJS.ProcessEnv = process.env,
  tools: readonly Tool[] = allTools,
): Promise<DetectedTools> {
  const folders = directories(env);
  const { builtTools, unsupported, isStandIn } = await loadOffline();
  const offline = { ...builtTools(), unsupported: unsupported() };
  const places = { path: pathOf(env), cache: folders.cache, offline };
  const located = Object.fromEntries(tools.map((tool) => [tool, locateTool(tool, places)]));
  const plugins = findPlugins(root, env, folders, located, isStandIn);
  return completeEnvironment({ root, directories: folders, tools: located, plugins, offline }, env);
}
