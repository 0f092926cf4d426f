import { existsSync, renameSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../../lib/errors";
import { lastLines, run } from "../../../lib/process/run";
import type { Progress } from "../../../lib/progress/progress";
import type { PluginName } from "../../../lib/versions";
import type { Steps } from "../decide/decide";
import { projectPulumiHome } from "../detect/installed-files";
import { findPlugins, type InstalledPlugins, pluginFolder, type Plugins } from "../detect/plugins";
import type { DetectedTools } from "../environment";
import { FailedPlugins } from "./failed-plugins";
import { loadOffline } from "./offline";

type Context = Pick<
  DetectedTools,
  "root" | "tools" | "plugins" | "directories" | "offline" | "env"
>;

/** The time limit for an official plugin where a stand-in can go on instead, in milliseconds. */
const REPLACEMENT_LIMIT_MS = 180_000;

/**
 * Installs the missing plugins, and official ones in place of stand-ins, with the CLI; or offline mode's
 * stand-ins. These have the names of the official plugins, so they go into this project's own folder and never
 * into the user's PULUMI_HOME, where other projects would run them.
 *
 * @param userEnv the user's environment, without additions of this project.
 * @returns the plugins, with the folders that have them.
 */
export async function ensurePlugins(
  context: Context,
  step: Steps["plugins"],
  pulumi: string,
  userEnv: NodeJS.ProcessEnv,
  progress: Progress,
): Promise<InstalledPlugins> {
  const { root, directories, tools, plugins } = context;
  if (step === "install") await installPlugins(context, pulumi, progress);
  if (step === "offline") await provideStandIns(context, plugins.missing, progress);
  await refreshStandIns(context);
  const { isStandIn } = await loadOffline();
  const found = findPlugins(root, userEnv, directories, tools, isStandIn);
  if (found.standIns.length > 0) progress.note(standInText(found));
  return { ...found, missing: [] };
}

/** Says which stand-ins run, in one sentence. */
export function standInText({
  standIns,
  versions,
}: Pick<Plugins, "standIns" | "versions">): string {
  const names = standIns.map((name) => `pulumi-resource-${name} ${versions[name]}`);
  return `stand-in for ${names.join(", ")}: for offline use`;
}

/** Updates the launchers of installed stand-ins. Official plugins are left alone. */
export async function refreshStandIns(
  context: Pick<Context, "plugins" | "directories" | "offline">,
): Promise<void> {
  const silent: Progress = { step: (_, work) => work(), note: () => undefined };
  if (context.offline.unsupported !== undefined) return;
  await provideStandIns(context, context.plugins.standIns, silent);
}

async function provideStandIns(
  { plugins: { versions }, directories }: Pick<Context, "plugins" | "directories">,
  names: readonly PluginName[],
  progress: Progress,
): Promise<void> {
  const chosen = Object.fromEntries(names.map((name) => [name, versions[name]]));
  const home = projectPulumiHome(directories.cache);
  await (await loadOffline()).ensurePlugins(home, chosen, progress);
}

async function installPlugins(context: Context, pulumi: string, progress: Progress): Promise<void> {
  const { missing, standIns, home, versions } = context.plugins;
  const failed = new FailedPlugins(context.directories.cache);
  const waiting = standIns.filter((name) => failed.has(name, versions[name]));
  const again = `To try again at once, delete ${failed.file}`;
  if (waiting.length > 0) {
    progress.note(
      `installing the official plugins ${waiting.join(", ")} failed within the last day. ${again}`,
    );
  }
  const replace = async (name: PluginName) => {
    try {
      await replaceStandIn(context, name, pulumi, progress);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failed.add(name, versions[name]);
      progress.note(
        `the official plugin ${name} couldn't be installed: ${error.message}\n` +
          `The stand-in goes on, and the next try is in a day. ${again}`,
      );
    }
  };
  await Promise.all([
    ...missing.map((name) => installPlugin(context, name, pulumi, progress, { home })),
    ...standIns.filter((name) => !waiting.includes(name)).map(replace),
  ]);
}

/**
 * Installs an official plugin in place of its stand-in, which stays until the official one is complete.
 *
 * @throws UserError where it can't be installed in time.
 */
async function replaceStandIn(
  context: Context,
  name: PluginName,
  pulumi: string,
  progress: Progress,
): Promise<void> {
  const { directories, plugins } = context;
  const { home, versions } = plugins;
  const timeoutMs = REPLACEMENT_LIMIT_MS;
  // The user's folder has no stand-in.
  if (home === undefined) return installPlugin(context, name, pulumi, progress, { timeoutMs });
  // The CLI installs nothing where the plugin's folder exists. A rename needs the same file system.
  const temporary = await mkdtemp(join(directories.cache, `plugin-${name}-`));
  try {
    await installPlugin(context, name, pulumi, progress, { home: temporary, timeoutMs });
    const installed = pluginFolder(temporary, name, versions[name]);
    const folder = pluginFolder(home, name, versions[name]);
    if (!existsSync(installed)) {
      throw new UserError(`\`pulumi plugin install\` created no ${installed}.`, "Run this again.");
    }
    // A folder with files in it can't be replaced by one rename.
    const former = join(temporary, "stand-in");
    if (existsSync(folder)) renameSync(folder, former);
    try {
      renameSync(installed, folder);
    } catch (error) {
      if (existsSync(former)) renameSync(former, folder);
      throw error;
    }
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function installPlugin(
  { plugins: { versions }, env }: Context,
  name: PluginName,
  pulumi: string,
  progress: Progress,
  { home, timeoutMs }: { home?: string | undefined; timeoutMs?: number },
): Promise<void> {
  const pulumiHome = home === undefined ? {} : { PULUMI_HOME: home };
  await progress.step(`Install Pulumi's plugin ${name} ${versions[name]}`, async () => {
    const args = ["plugin", "install", "resource", name, versions[name]];
    const result = await run(pulumi, args, {
      env: { ...env, ...pulumiHome },
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    if (result.code === 0) return;
    throw new UserError(
      `\`pulumi ${args.join(" ")}\` failed: ${lastLines(result)}`,
      "Run this again; with TODO_CHATBOT_OFFLINE=1 stand-ins are used instead.",
    );
  });
}
