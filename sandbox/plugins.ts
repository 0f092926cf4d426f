import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { quoted } from "./core/command";
import { sandboxDirectory } from "./core/paths";
import type { PluginName, Progress } from "./types";

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

/** The script that the engine runs as the plugin. Its paths are whole: it runs in any folder. */
function launcher(name: PluginName): string {
  const loader = pathToFileURL(require.resolve("tsx")).href;
  const main = sandboxDirectory("plugins", name, "main.ts");
  const words = [process.execPath, "--import", loader, main].map(quoted).join(" ");
  return `#!/bin/sh\n${mark}\nexec ${words} "$@"\n`;
}
