/** Plain Node.js without dependencies: this runs before the npm packages are installed. */

/** The oldest Node.js that the dependencies run on, as in `engines` of package.json. */
export const MINIMUM_NODE = "20.19.0";

/**
 * Returns what is wrong with a version of Node.js and how to fix it; undefined where it is new enough.
 *
 * @param {string} version as in `process.versions.node`
 * @returns {string | undefined}
 */
export function nodeProblem(version) {
  const found = version.split(".").map(Number);
  const minimum = MINIMUM_NODE.split(".").map(Number);
  for (const [index, required] of minimum.entries()) {
    const part = found[index] ?? 0;
    if (part > required) return undefined;
    if (part < required) {
      return (
        `This is Node.js ${version}; ${MINIMUM_NODE} or later is needed. ` +
        "Install a newer one from https://nodejs.org or with your version manager, and run this again."
      );
    }
  }
  return undefined;
}
