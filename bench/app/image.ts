import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run, lastLines } from "../../lib/process/run";
import { backendFolder } from "./servers";

/** How the backend's image runs it. */
export interface ImageCommand {
  /** Of Node.js, such as 24.21.0. */
  version: string;
  /** What follows `node`. */
  args: readonly string[];
}

/**
 * What a Dockerfile says of the program that its image runs.
 *
 * @throws Error where it isn't said in the form that ours have.
 */
export function imageCommand(dockerfile: string): ImageCommand {
  const version = /^ARG NODE_IMAGE=node:(\d+\.\d+\.\d+)/m.exec(dockerfile)?.[1];
  const command = /^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? "[]";
  const [program, ...args] = JSON.parse(command) as string[];
  if (version === undefined || program !== "node") {
    throw new Error(
      `The backend's Dockerfile has NODE_IMAGE ${version ?? "without a version"} and CMD ${command}: ` +
        'expected ARG NODE_IMAGE=node:<version>… and CMD ["node", …].',
    );
  }
  return { version, args };
}

/**
 * The command by which the image starts the backend, with the image's own version of Node.js, which
 * npm brings.
 *
 * @throws Error where npm can't bring it.
 */
export async function backendCommand(): Promise<[file: string, ...args: string[]]> {
  const { version, args } = imageCommand(readFileSync(join(backendFolder, "Dockerfile"), "utf8"));
  const exec = ["exec", "--yes", `--package=node@${version}`, "--", "node", "-p"];
  const result = await run("npm", [...exec, "process.execPath"], { timeoutMs: 300_000 });
  const node = result.stdout.trim();
  if (result.code === 0 && node !== "") return [node, ...args];
  throw new Error(`npm doesn't bring Node.js ${version}:\n${lastLines(result)}`);
}
