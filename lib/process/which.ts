import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The value of PATH, which Windows may spell Path. */
export function pathOf(env: NodeJS.ProcessEnv): string {
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PATH");
  return (key === undefined ? undefined : env[key]) ?? "";
}

/**
 * Returns the file that a command runs, or undefined where no folder of the path has it.
 *
 * On Windows only `.exe` files count: tools that exist as a `.cmd` wrapper are not the tool itself.
 */
export function which(
  name: string,
  path: string = pathOf(process.env),
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const fileName = platform === "win32" ? `${name}.exe` : name;
  for (const folder of path.split(delimiter)) {
    if (folder === "") continue;
    const file = join(folder, fileName);
    if (isExecutable(file, platform)) return file;
  }
  return undefined;
}

/** Whether a file exists and may be executed. */
export function isExecutable(file: string, platform: NodeJS.Platform = process.platform): boolean {
  try {
    if (!statSync(file).isFile()) return false;
    if (platform !== "win32") accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
