import { delimiter, dirname } from "node:path";
import { directories } from "../../cli/directories";
import { pathOf } from "../../cli/process/which";
import { ConsoleProgress } from "../../cli/progress/console";
import { install } from "../../cli/tools/install";
import { locate } from "../../cli/tools/locate";
import { offline, reach } from "../../cli/tools/reach";
import { probesOf, thisSystem } from "../../cli/tools/releases";
import * as sandbox from "../../sandbox";

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
