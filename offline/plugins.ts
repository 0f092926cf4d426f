import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
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
 * @param versions the plugins, each in the version that the program's packages ask for.
 */
// eslint-disable-next-line @typescript-eslint/require-await -- asynchronous like the other ensure functions
export async function ensurePlugins(
  pulumiHome: string,
  versions: Partial<Record<PluginName, string>>,
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

/** Whether a plugin's folder contains a stand-in, and no file that this project did not write. */
export function isStandIn(directory: string): boolean {
  const files = existsSync(directory) ? readdirSync(directory) : [];
  return files.length > 0 && files.every((file) => isLauncher(join(directory, file)));
}

/** Whether a plugin's folder contains a file that this project did not write. */
function isOfficial(directory: string): boolean {
  return existsSync(directory) && readdirSync(directory).length > 0 && !isStandIn(directory);
}

/** Whether a file begins as a launcher does. An official plugin has up to hundreds of MB: only its start is read. */
function isLauncher(file: string): boolean {
  if (!statSync(file).isFile()) return false;
  const descriptor = openSync(file, "r");
  try {
    const start = Buffer.alloc(512);
    readSync(descriptor, start, 0, start.length, 0);
    return start.includes(MARK) || start.includes(FORMER_MARK);
  } finally {
    closeSync(descriptor);
  }
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
