import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { runChild } from "./child.mjs";
import { findNpm } from "./npm.mjs";

/**
 * One package of a lockfile, as far as it matters here.
 *
 * @typedef {{version?: string, integrity?: string, resolved?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean}} LockedPackage
 * @typedef {{packages?: Record<string, LockedPackage>}} Lockfile
 */

/**
 * Packages that node_modules doesn't hold as package-lock.json wants them. npm writes what it has
 * installed to node_modules/.package-lock.json in the lockfile's own form, and only at the end, so an
 * interrupted installation counts as none.
 *
 * @param {Lockfile} lock package-lock.json
 * @param {Lockfile | undefined} installed node_modules/.package-lock.json
 * @param {(path: string) => boolean} exists whether a package's folder is there
 * @returns {string[]} their paths
 */
export function missingPackages(lock, installed, exists) {
  const wanted = Object.entries(lock.packages ?? {}).filter(([path]) => path !== "");
  return wanted
    .filter(([path, want]) => {
      const have = installed?.packages?.[path];
      if (have === undefined) {
        // Left out by npm where they are for another platform or nobody asked for them.
        return !(want.optional ?? want.devOptional ?? want.peer ?? false);
      }
      if (have.version !== want.version) return true;
      if (want.integrity && have.integrity && have.integrity !== want.integrity) return true;
      return !exists(path);
    })
    .map(([path]) => path);
}

/**
 * Installs the npm dependencies where they aren't as package-lock.json wants them. Install scripts
 * don't run: nothing here needs them, and what doesn't run can't harm.
 *
 * @param {string} root the project's folder
 * @returns {Promise<boolean>} false where that failed; the reason has been printed
 */
export async function ensureDependencies(root) {
  const lock = readJson(join(root, "package-lock.json"));
  const installed = readJson(join(root, "node_modules", ".package-lock.json"));
  const missing = missingPackages(lock ?? {}, installed, (path) => existsSync(join(root, path)));
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
  const code = await runChild(
    process.execPath,
    [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    { cwd: root },
  );
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  if (code !== 0) {
    process.stderr.write(
      `\`npm ci\` failed after ${seconds} s (exit code ${code}); what it says is above. ` +
        "Most often the registry can't be reached: check `npm ping`, then run this again.\n",
    );
    return false;
  }
  process.stdout.write(`Installed the npm dependencies in ${seconds} s\n`);
  return true;
}

/**
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
