/** The version that a plugin announces: that of the installed @pulumi package it stands in for. */
import { readFileSync } from "node:fs";

/** The version of `@pulumi/<name>` in node_modules. */
export function packageVersion(name: string): string {
  const file = require.resolve(`@pulumi/${name}/package.json`);
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version;
}
