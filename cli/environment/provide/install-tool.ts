import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../../lib/errors";
import { lastLines, run, type RunResult } from "../../../lib/process/run";
import type { Progress } from "../../../lib/progress/progress";
import { type Tool, toolPages, toolVersions } from "../../../lib/versions";
import { findNpm } from "../../bootstrap/npm.mjs";
import { installedFile, projectPulumiHome } from "../detect/installed-files";
import type { LocatedTool } from "../detect/locate-tool";
import { download } from "./download";
import { releaseOf, type System } from "./releases";

/**
 * Installs the release of a tool into the cache folder.
 *
 * @throws UserError where it can't be downloaded or installed.
 */
export async function installTool(
  tool: Tool,
  cache: string,
  system: System,
  progress: Progress,
): Promise<LocatedTool> {
  const file = installedFile(cache, tool);
  await progress.step(`Install ${tool} ${toolVersions[tool]}`, () =>
    tool === "pulumi" ? installPulumi(cache) : download(releaseOf(tool, system), file),
  );
  return { file, origin: "release" };
}

/**
 * Installs the Pulumi CLI, including language hosts, by the npm package `pulumi`: at its first use it runs
 * Pulumi's own installer for its version, into PULUMI_HOME/versions/VERSION/bin.
 */
async function installPulumi(cache: string): Promise<void> {
  const version = toolVersions.pulumi;
  const folder = join(cache, "tools", `pulumi-npm-${version}`);
  const launcher = join(folder, "node_modules", "pulumi", "run.js");
  if (!existsSync(launcher)) {
    const npm = findNpm();
    if (npm === undefined) throw new UserError("npm wasn't found.", "Install npm with Node.js.");
    await mkdir(folder, { recursive: true });
    // Stated, because npm's configuration may say otherwise.
    const stated = ["--no-global", "--no-dry-run", "--include=prod"];
    const args = ["install", "--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit"];
    const result = await run(process.execPath, [npm, ...args, ...stated, `pulumi@${version}`]);
    if (result.code !== 0) fail(`The npm package pulumi ${version} couldn't be installed`, result);
  }
  const env = installerVariables(cache);
  const result = await run(process.execPath, [launcher, "version"], { env });
  if (result.code !== 0) fail(`Pulumi ${version} couldn't be installed by its npm package`, result);
  const file = installedFile(cache, "pulumi");
  if (!existsSync(file)) fail(`Pulumi's npm package has installed no ${file}`, result);
}

/**
 * Returns the environment of the npm package's launcher. It installs the version that PULUMI_VERSION names,
 * and the user's may be another one.
 */
export function installerVariables(
  cache: string,
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  return { ...env, PULUMI_HOME: projectPulumiHome(cache), PULUMI_VERSION: toolVersions.pulumi };
}

function fail(what: string, result: RunResult): never {
  throw new UserError(
    `${what}: ${lastLines(result)}`,
    `Install Pulumi yourself (${toolPages.pulumi}), or build it in offline mode: TODO_CHATBOT_OFFLINE=1 npm run up.`,
  );
}
