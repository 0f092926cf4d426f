import { delimiter, dirname } from "node:path";
import { directories } from "../../lib/paths";
import { pathOf } from "../../lib/process/which";
import { ConsoleProgress } from "../../lib/progress/console-progress";
import { install } from "../../cli/environment/provide/install-tool";
import { locate } from "../../cli/environment/detect/locate-tool";
import { offline, reach } from "../../cli/environment/detect/reachable";
import { probesOf, thisSystem } from "../../cli/environment/provide/releases";
import * as sandbox from "../../offline";

/**
 * The tests' environment, with helm on PATH: the chart's tests run the real one. Found, installed or
 * built as `npm run up` does it.
 */
export async function withHelm(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const { cache } = directories(env);
  const found = locate("helm", { path: pathOf(env), cache, sandbox: sandbox.builtTools() });
  const folder = found === undefined ? await bring(cache, env) : dirname(found.file);
  return { ...env, PATH: [folder, pathOf(env)].join(delimiter) };
}

async function bring(cache: string, env: NodeJS.ProcessEnv): Promise<string> {
  const progress = new ConsoleProgress();
  const system = thisSystem();
  if (system !== undefined && !offline(env) && (await reach(probesOf("helm", system)))) {
    return dirname((await install("helm", cache, system, progress)).file);
  }
  return sandbox.ensureTools(["helm"], progress);
}
