import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import type { Progress } from "../lib/progress/progress";
import type { PluginName } from "../lib/versions";

/** The line by which a launcher is known as the sandbox's own. */
const mark = "# todo-chatbot sandbox: stand-in plugin";

/**
 * Puts launchers of the stand-in plugins where the engine looks for plugins. The engine asks for the
 * versions that the program's packages name. An official plugin that is there is left alone.
 */
// eslint-disable-next-line @typescript-eslint/require-await -- part of an API whose other steps wait
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
    writeFileSync(file, text);
    chmodSync(file, 0o755);
    progress.note(`plugin ${name} ${version}: the sandbox's stand-in`);
  }
}

/** Whether a plugin's folder holds anything that the sandbox did not put there. */
function isOfficial(directory: string): boolean {
  if (!existsSync(directory)) return false;
  return readdirSync(directory).some((file) => {
    return !readFileSync(join(directory, file)).subarray(0, 512).includes(mark);
  });
}

/**
 * The script that the engine runs as the plugin. The engine starts plugins in the program's folder, and the
 * plugin's sources there are what runs: clones of the project share this file, and none depends on another.
 */
function launcher(name: PluginName): string {
  const main = `provider-stand-ins/${name}/main.ts`;
  return `#!/bin/sh
${mark}
if [ ! -f ${main} ]; then
  echo "There is no ${main} in $PWD: this stand-in serves the todo chatbot's program alone. Run pulumi in its folder." >&2
  exit 1
fi
exec node --import tsx ./${main} "$@"
`;
}
