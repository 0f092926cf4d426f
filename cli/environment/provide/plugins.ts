import type { Progress } from "../../../lib/progress/progress";
import * as sandbox from "../../../offline";
import { UserError } from "../../../lib/errors";
import { run, lastLines } from "../../../lib/process/run";
import { pulumiHome } from "../detect/installed-files";
import type { Plan } from "../decide/decide";
import type { Survey } from "../detect/survey";

/**
 * Brings the plugins: the official ones by the CLI itself, or the sandbox's stand-ins. Stand-ins bear
 * the official ones' names, so they go into a PULUMI_HOME of our own, never into the user's, where other
 * projects would meet them.
 *
 * @returns PULUMI_HOME where it isn't the user's own
 */
export async function bringPlugins(
  { plugins, directories }: Survey,
  step: Plan["plugins"],
  pulumi: string,
  env: NodeJS.ProcessEnv,
  progress: Progress,
): Promise<string | undefined> {
  const ours = pulumiHome(directories.cache);
  if (step === "install") {
    const home = plugins.home === undefined ? {} : { PULUMI_HOME: plugins.home };
    await Promise.all(
      plugins.missing.map((name) =>
        progress.step(`Install Pulumi's plugin ${name} ${plugins.versions[name]}`, async () => {
          const args = ["plugin", "install", "resource", name, plugins.versions[name]];
          const result = await run(pulumi, args, { env: { ...env, ...home } });
          if (result.code === 0) return;
          throw new UserError(
            `\`pulumi ${args.join(" ")}\` failed: ${lastLines(result)}`,
            "Run this again; with TODO_CHATBOT_OFFLINE=1 the sandbox's stand-ins are used instead.",
          );
        }),
      ),
    );
    return plugins.home;
  }
  if (step === "sandbox") {
    await sandbox.ensurePlugins(ours, plugins.versions, progress);
    return ours;
  }
  await refreshPlugins({ plugins, directories });
  return plugins.home;
}

/**
 * Keeps the launchers of stand-ins that are there current. Official plugins are left alone.
 */
export async function refreshPlugins({
  plugins: { home, missing, versions },
  directories,
}: Pick<Survey, "plugins" | "directories">): Promise<void> {
  const ours = pulumiHome(directories.cache);
  if (home !== ours || missing.length > 0 || sandbox.unsupported() !== undefined) return;
  const quiet: Progress = { step: (_, work) => work(), note: () => undefined };
  await sandbox.ensurePlugins(ours, versions, quiet);
}
