import { cpSync, symlinkSync } from "node:fs";
import path from "node:path";
import { Folder } from "./folder";
import { ROOT } from "./stacks";

/** What the program is made of, and what its plan depends on. */
const sources = [
  ...["components", "docker", "helm", "lib", "policies", "settings"],
  ...["index.ts", "package.json", "tsconfig.json"],
  ...["Pulumi.yaml", "Pulumi.ci.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml"],
];

/**
 * A copy of the program in a temporary folder, to which stacks can be added. It shares the dependencies.
 *
 * @param further folders that are copied too, such as the command line's.
 */
export function copyOfProgram(...further: string[]): Folder {
  const folder = new Folder();
  for (const name of [...sources, ...further]) {
    cpSync(path.join(ROOT, name), folder.file(name), {
      recursive: true,
      filter: (from) => !/(^|[\\/])(node_modules|\.next|dist)$/.test(from),
    });
  }
  symlinkSync(path.join(ROOT, "node_modules"), folder.file("node_modules"));
  return folder;
}
