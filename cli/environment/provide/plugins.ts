import { UserError } from "../../../lib/errors";
import { lastLines, run } from "../../../lib/process/run";
import type { Progress } from "../../../lib/progress/progress";
import type { Steps } from "../decide/decide";
import { projectPulumiHome } from "../detect/installed-files";
import type { InstalledPlugins } from "../detect/plugins";
import type { DetectedTools } from "../environment";
import { loadOffline } from "./offline";

type Context = Pick<DetectedTools, "plugins" | "directories" | "offline" | "env">;

/**
 * Installs the missing plugins: the official ones with the CLI, or offline mode's stand-ins. Stand-ins
 * have the names of the official plugins, so they go into this project's own PULUMI_HOME and never into
 * the user's, where other projects would run them.
 *
 * @returns the plugins, with the PULUMI_HOME that has them.
 */
export async function ensurePlugins(
  context: Context,
  step: Steps["plugins"],
  pulumi: string,
  progress: Progress,
): Promise<InstalledPlugins> {
  const { plugins, directories } = context;
  if (step === "install") {
    await installPlugins(context, pulumi, progress);
    return { ...plugins, missing: [] };
  }
  if (step === "offline") {
    const home = projectPulumiHome(directories.cache);
    await (await loadOffline()).ensurePlugins(home, plugins.versions, progress);
    return { ...plugins, home, missing: [] };
  }
  await refreshStandIns(context);
  return { ...plugins, missing: [] };
}

/** Updates the launchers of installed stand-ins. Official plugins are left alone. */
export async function refreshStandIns({
  plugins: { home, missing, versions },
  directories,
  offline,
}: Pick<Context, "plugins" | "directories" | "offline">): Promise<void> {
  const ours = projectPulumiHome(directories.cache);
  if (home !== ours || missing.length > 0 || offline.unsupported !== undefined) return;
  const silent: Progress = { step: (_, work) => work(), note: () => undefined };
  await (await loadOffline()).ensurePlugins(ours, versions, silent);
}

async function installPlugins(
  { plugins: { home, missing, versions }, env }: Context,
  pulumi: string,
  progress: Progress,
): Promise<void> {
  const pulumiHome = home === undefined ? {} : { PULUMI_HOME: home };
  await Promise.all(
    missing.map((name) =>
      progress.step(`Install Pulumi's plugin ${name} ${versions[name]}`, async () => {
        const args = ["plugin", "install", "resource", name, versions[name]];
        const result = await run(pulumi, args, { env: { ...env, ...pulumiHome } });
        if (result.code === 0) return;
        throw new UserError(
          `\`pulumi ${args.join(" ")}\` failed: ${lastLines(result)}`,
          "Run this again; with TODO_CHATBOT_OFFLINE=1 stand-ins are used instead.",
        );
      }),
    ),
  );
}
