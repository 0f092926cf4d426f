import { join } from "node:path";
import type { Progress } from "../../../lib/progress/progress";
import type { Tool } from "../../../lib/versions";
import * as sandbox from "../../../offline";
import { isExecutable } from "../../../lib/process/which";
import { install } from "./install-tool";
import type { Located } from "../detect/locate-tool";
import { thisSystem } from "./releases";
import { clusterOptions } from "./cluster";
import type { Plan } from "../decide/decide";
import type { Survey } from "../detect/survey";

/**
 * Brings the tools and the docker engine, side by side. Where the sandbox builds tools and makes the
 * cluster as well, it does all of that at once: its builds and its node image share the time.
 *
 * @returns the tools, with those that were missing
 */
export async function bringTools(
  found: Survey,
  steps: Plan,
  progress: Progress,
): Promise<Survey["tools"]> {
  // Those that the sandbox built earlier as well: they have to stand in its folder for PATH.
  const there = found.needs.tools.filter((tool) => found.tools[tool]?.origin === "sandbox");
  const ofSandbox = [...steps.build, ...there];
  const [installed, folder] = await Promise.all([
    installAll(steps.install, found, progress),
    ofSandbox.length === 0 ? undefined : build(ofSandbox, found, steps, progress),
    steps.engine && !everythingBySandbox(steps) ? sandbox.ensureEngine(progress) : undefined,
  ]);
  const built = ofSandbox.map((tool) => [tool, folder && fromFolder(folder, tool)] as const);
  return { ...found.tools, ...Object.fromEntries([...installed, ...built]) };
}

/** Whether tools and cluster are both the sandbox's to make: then it makes them in one go. */
export function everythingBySandbox(steps: Plan): boolean {
  return steps.build.length > 0 && steps.cluster === "sandbox";
}

async function build(
  tools: readonly Tool[],
  found: Survey,
  steps: Plan,
  progress: Progress,
): Promise<string> {
  if (!everythingBySandbox(steps)) return sandbox.ensureTools(tools, progress);
  const options = await clusterOptions(found, progress);
  return sandbox.ensureMachine(tools, options, progress);
}

async function installAll(
  tools: readonly Tool[],
  { directories }: Survey,
  progress: Progress,
): Promise<[Tool, Located][]> {
  const system = thisSystem();
  if (system === undefined) return [];
  return Promise.all(
    tools.map(async (tool) => [tool, await install(tool, directories.cache, system, progress)]),
  );
}

function fromFolder(folder: string, tool: Tool): Located | undefined {
  const file = join(folder, tool);
  return isExecutable(file) ? { file, origin: "sandbox" } : undefined;
}
