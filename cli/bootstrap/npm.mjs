/** Plain Node.js without dependencies: this runs before the npm packages are installed. */
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";

/**
 * Returns the file of npm's program, for Node.js to run directly: on Windows `npm.cmd` needs a shell, whose
 * quoting rules would then apply to every argument.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} node the file of the Node.js that runs
 * @returns {string | undefined} undefined where no npm is found
 */
export function findNpm(env = process.env, node = process.execPath) {
  const candidates = [
    // Set by `npm run`, and by other package managers to their own file.
    ...(env.npm_execpath?.endsWith("npm-cli.js") ? [env.npm_execpath] : []),
    join(dirname(node), "node_modules", "npm", "bin", "npm-cli.js"),
    join(dirname(node), "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    ...(env.PATH ?? "")
      .split(delimiter)
      .filter((folder) => folder !== "")
      .map((folder) => join(folder, "npm")),
  ];
  for (const candidate of candidates) {
    if (!existsSync(candidate)) continue;
    const file = realpathSync(candidate);
    if (file.endsWith("npm-cli.js")) return file;
  }
  return undefined;
}
