/**
 * The URL of the package's folder. This file has to stay directly in src/: the bundle's files are
 * directly in dist/, so that one level up is the package's folder in both places.
 */
export const packageFolder: URL = new URL("../", import.meta.url);
