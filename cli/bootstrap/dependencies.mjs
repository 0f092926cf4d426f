/** Plain Node.js without dependencies: this runs before the npm packages are installed. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { runChild } from "./child.mjs";
import { findNpm } from "./npm.mjs";

/**
 * A package of a lockfile: the fields that are compared.
 *
 * @typedef {{version?: string, integrity?: string, resolved?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean}} LockedPackage
 * @typedef {{packages?: Record<string, LockedPackage>}} Lockfile
 */

/**
 * Returns the packages of package-lock.json that node_modules lacks or has in another version. npm writes
 * what it has installed to node_modules/.package-lock.json, in the lockfile's format and only at the end,
 * so an interrupted installation counts as none.
 *
 * @param {Lockfile} lock package-lock.json
 * @param {Lockfile | undefined} installed node_modules/.package-lock.json
 * @param {(path: string) => boolean} exists whether a package's folder is there
 * @returns {string[]} their paths
 */
export function missingPackages(lock, installed, exists) {
  const required = Object.entries(lock.packages ?? {}).filter(([path]) => path !== "");
  return required
    .filter(([path, expected]) => {
      const found = installed?.packages?.[path];
      if (found === undefined) {
        // npm leaves out optional packages of other platforms, and peers that nothing requires.
        return !(expected.optional ?? expected.devOptional ?? expected.peer ?? false);
      }
      if (found.version !== expected.version) return true;
      if (expected.integrity && found.integrity && found.integrity !== expected.integrity)
        return true;
      return !exists(path);
    })
    .map(([path]) => path);
}

/**
 * The arguments of npm. Each states what npm's configuration could have changed (NODE_ENV, `.npmrc`,
 * `npm_config_…`): without the development packages, for example, the installation would never be complete.
 */
export const installArguments = /** @type {const} */ ([
  "ci",
  "--include=prod",
  "--include=dev",
  "--include=optional",
  "--include=peer",
  "--install-strategy=hoisted",
  "--no-global",
  "--no-dry-run",
  "--package-lock",
  "--no-package-lock-only",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
]);

/**
 * Installs the npm dependencies where they don't match package-lock.json. Install scripts don't run: no
 * dependency needs them, and they could run any code.
 *
 * @param {string} root the project's folder
 * @returns {Promise<boolean>} false where the installation failed, after printing the reason
 */
export async function ensureDependencies(root) {
  const missing = missingIn(root);
  if (missing.length === 0) return true;

  const npm = findNpm();
  if (npm === undefined) {
    process.stderr.write(
      `${missing.length} npm packages are missing, and npm wasn't found next to Node.js or on PATH. ` +
        "Install npm, run `npm ci --ignore-scripts` here, and run this again.\n",
    );
    return false;
  }
  process.stdout.write(`Installing the npm dependencies (${missing.length} packages) …\n`);
  const start = Date.now();
  const code = await runChild(process.execPath, [npm, ...installArguments], { cwd: root });
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  if (code !== 0) {
    process.stderr.write(
      `\`npm ci\` failed after ${seconds} s (exit code ${code}); see its output above. ` +
        "Most often the registry can't be reached: check `npm ping`, then run this again.\n",
    );
    return false;
  }
  const left = missingIn(root);
  if (left.length > 0) {
    process.stderr.write(
      `\`npm ci\` succeeded, but ${left.length} packages are still missing: ${left.slice(0, 3).join(", ")} … ` +
        "npm's configuration leaves them out: see `npm config list`, remove what it sets, and run this again.\n",
    );
    return false;
  }
  process.stdout.write(`Installed the npm dependencies in ${seconds} s\n`);
  return true;
}

/**
 * @param {string} root
 * @returns {string[]}
 */
function missingIn(root) {
  const lock = readJson(join(root, "package-lock.json"));
  const installed = readJson(join(root, "node_modules", ".package-lock.json"));
  return missingPackages(lock ?? {}, installed, (path) => existsSync(join(root, path)));
}

/**
 * Reads a lockfile. Returns undefined where there is none that can be parsed.
 *
 * @param {string} file
 * @returns {Lockfile | undefined}
 */
function readJson(file) {
  try {
    /** @type {unknown} */
    const contents = JSON.parse(readFileSync(file, "utf8"));
    return /** @type {Lockfile} */ (contents);
  } catch {
    return undefined;
  }
}
