import { delimiter, dirname } from "node:path";
import { locateTool } from "../../cli/environment/detect/locate-tool";
import { isOfflineMode, probe } from "../../cli/environment/detect/reachability";
import { installTool } from "../../cli/environment/provide/install-tool";
import { loadOffline } from "../../cli/environment/provide/offline";
import { probeUrl, thisSystem } from "../../cli/environment/provide/releases";
import { directories } from "../../lib/paths";
import { pathOf } from "../../lib/process/which";
import { ConsoleProgress } from "../../lib/progress/console-progress";

/**
 * Returns the tests' environment, with helm on PATH: the chart's tests run the real one. It is found,
 * installed or built as `npm run up` does it.
 */
export async function withHelm(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const { cache } = directories(env);
  const { builtTools } = await loadOffline();
  const found = locateTool("helm", { path: pathOf(env), cache, offline: builtTools() });
  const folder = found === undefined ? await ensureHelm(cache, env) : dirname(found.file);
  return { ...env, PATH: [folder, pathOf(env)].join(delimiter) };
}

async function ensureHelm(cache: string, env: NodeJS.ProcessEnv): Promise<string> {
  const progress = new ConsoleProgress();
  const system = thisSystem();
  if (system !== undefined && !isOfflineMode(env) && (await probe(probeUrl("helm", system)))) {
    return dirname((await installTool("helm", cache, system, progress)).file);
  }
  return (await loadOffline()).ensureTools(["helm"], progress);
}
