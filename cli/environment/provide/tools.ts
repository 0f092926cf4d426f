import { join } from "node:path";
import { isExecutable } from "../../../lib/process/which";
import type { Progress } from "../../../lib/progress/progress";
import type { Tool } from "../../../lib/versions";
import type { Steps } from "../decide/decide";
import type { LocatedTool, LocatedTools } from "../detect/locate-tool";
import type { Detected } from "../environment";
import { clusterOptions } from "./cluster-options";
import { installTool } from "./install-tool";
import { loadOffline } from "./offline";
import { thisSystem } from "./releases";

/**
 * Installs or builds the missing tools, and the docker engine at the same time. Where offline mode builds
 * tools and creates the cluster as well, it does both in one run, so that its builds and its node image
 * share the time.
 *
 * @returns all tools, including those that were missing.
 */
export async function ensureTools(
  found: Detected,
  steps: Steps,
  progress: Progress,
): Promise<LocatedTools> {
  // Tools that were built earlier are included: they have to be in offline mode's folder for PATH.
  const built = found.needs.tools.filter((tool) => found.tools[tool]?.origin === "offline");
  const offlineTools = [...steps.build, ...built];
  const [installed, folder] = await Promise.all([
    installTools(steps.install, found, progress),
    offlineTools.length === 0 ? undefined : buildTools(offlineTools, found, steps, progress),
    steps.engine && !buildsEverything(steps) ? ensureEngine(progress) : undefined,
  ]);
  const inFolder = offlineTools.map(
    (tool) => [tool, folder === undefined ? undefined : toolIn(folder, tool)] as const,
  );
  return { ...found.tools, ...Object.fromEntries([...installed, ...inFolder]) };
}

/** Whether offline mode builds the tools and creates the cluster in one run. */
export function buildsEverything(steps: Steps): boolean {
  return steps.build.length > 0 && steps.cluster === "offline";
}

async function ensureEngine(progress: Progress): Promise<void> {
  await (await loadOffline()).ensureEngine(progress);
}

async function buildTools(
  tools: readonly Tool[],
  found: Detected,
  steps: Steps,
  progress: Progress,
): Promise<string> {
  const offline = await loadOffline();
  if (!buildsEverything(steps)) return offline.ensureTools(tools, progress);
  const options = await clusterOptions(found, progress);
  return offline.ensureMachine(tools, options, progress);
}

async function installTools(
  tools: readonly Tool[],
  { directories }: Detected,
  progress: Progress,
): Promise<[Tool, LocatedTool][]> {
  const system = thisSystem();
  if (system === undefined) return [];
  return Promise.all(
    tools.map(async (tool) => [tool, await installTool(tool, directories.cache, system, progress)]),
  );
}

function toolIn(folder: string, tool: Tool): LocatedTool | undefined {
  const file = join(folder, tool);
  return isExecutable(file) ? { file, origin: "offline" } : undefined;
}
