import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../lib/files/write-whole";
import type { Progress } from "../lib/progress/progress";
import type { PluginName } from "../lib/versions";

/** The line that identifies a launcher of this project. */
const MARK = "# todo-chatbot offline: stand-in plugin";

/** The line in launchers of earlier versions of this project, which are replaced like outdated ones. */
const FORMER_MARK = "# todo-chatbot sandbox: stand-in plugin";

/**
 * Writes launchers of the stand-in plugins to the folder where the Pulumi engine looks for plugins. An
 * official plugin that is installed there is left alone.
 *
 * @param pulumiHome the folder that PULUMI_HOME names.
 * @param versions the plugin versions that the program's packages ask for.
 */
// eslint-disable-next-line @typescript-eslint/require-await -- asynchronous like the other ensure functions
export async function ensurePlugins(
  pulumiHome: string,
  versions: Record<PluginName, string>,
  progress: Progress,
): Promise<void> {
  for (const [name, version] of Object.entries(versions) as [PluginName, string][]) {
    const directory = join(pulumiHome, "plugins", `resource-${name}-v${version}`);
    if (isOfficial(directory)) {
      progress.note(`plugin ${name} ${version}: the official one is installed, and is used`);
      continue;
    }
    const file = join(directory, `pulumi-resource-${name}`);
    const text = launcher(name);
    if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
    mkdirSync(directory, { recursive: true });
    writeWhole(file, text, { mode: 0o755 });
    // Whatever the umask is.
    chmodSync(file, 0o755);
    progress.note(`plugin ${name} ${version}: offline mode's stand-in`);
  }
}

/** Whether a plugin's folder contains a file that this project did not write. */
function isOfficial(directory: string): boolean {
  if (!existsSync(directory)) return false;
  return readdirSync(directory).some((file) => {
    const start = readFileSync(join(directory, file)).subarray(0, 512);
    return !start.includes(MARK) && !start.includes(FORMER_MARK);
  });
}

/**
 * The script that the engine runs as the plugin. The engine starts plugins in the program's folder, and
 * the script runs the sources of that folder: clones of the project share the launcher, and each runs
 * its own stand-in.
 */
function launcher(name: PluginName): string {
  const main = `provider-stand-ins/${name}/main.ts`;
  return `#!/bin/sh
${MARK}
if [ ! -f ${main} ]; then
  echo "There is no ${main} in $PWD: this stand-in serves the todo chatbot's program alone. Run pulumi in its folder." >&2
  exit 1
fi
exec node --import tsx ./${main} "$@"
`;
}
