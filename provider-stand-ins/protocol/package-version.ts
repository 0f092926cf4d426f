import { readFileSync } from "node:fs";

/**
 * Returns the version of the package `@pulumi/<name>` in node_modules. A stand-in reports it as its own,
 * since the engine asks for the plugin of exactly that version.
 */
export function packageVersion(name: string): string {
  const file = require.resolve(`@pulumi/${name}/package.json`);
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version;
}
