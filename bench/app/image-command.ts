import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lastLines, run } from "../../lib/process/run";
import { BACKEND_FOLDER } from "./contenders";

/** The command of the backend's image. */
export interface ImageCommand {
  /** Version of Node.js, such as 24.21.0. */
  version: string;
  /** Arguments of `node`. */
  args: readonly string[];
}

/**
 * Reads the command of an image from its Dockerfile.
 *
 * @throws Error where the Dockerfile has another form than this project's.
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
 * Returns the command that starts the backend in its image, with the same version of Node.js from npm.
 *
 * @throws Error where npm can't install that version.
 */
export async function backendCommand(): Promise<[file: string, ...args: string[]]> {
  const { version, args } = imageCommand(readFileSync(join(BACKEND_FOLDER, "Dockerfile"), "utf8"));
  const exec = ["exec", "--yes", `--package=node@${version}`, "--", "node", "-p"];
  const result = await run("npm", [...exec, "process.execPath"], { timeoutMs: 300_000 });
  const node = result.stdout.trim();
  if (result.code === 0 && node !== "") return [node, ...args];
  throw new Error(`npm could not install Node.js ${version}:\n${lastLines(result)}`);
}
