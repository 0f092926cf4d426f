/** The oldest Node.js that the dependencies run on: `engines` in package.json says the same. */
export const leastNode = "20.19.0";

/**
 * What is wrong with a version of Node.js, in a sentence with the way out; undefined where it will do.
 *
 * @param {string} version as in `process.versions.node`
 * @returns {string | undefined}
 */
export function nodeProblem(version) {
  const found = version.split(".").map(Number);
  const least = leastNode.split(".").map(Number);
  for (const [index, wanted] of least.entries()) {
    const part = found[index] ?? 0;
    if (part > wanted) return undefined;
    if (part < wanted) {
      return (
        `This is Node.js ${version}; ${leastNode} or later is needed. ` +
        "Install a newer one from https://nodejs.org or with your version manager, and run this again."
      );
    }
  }
  return undefined;
}
