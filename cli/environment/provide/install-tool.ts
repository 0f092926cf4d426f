import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Progress } from "../../../lib/progress/progress";
import type { Tool } from "../../../lib/versions";
import { findNpm } from "../../bootstrap/npm.mjs";
import { UserError } from "../../../lib/errors";
import { run, lastLines } from "../../../lib/process/run";
import { download } from "./download";
import type { Located } from "../detect/locate-tool";
import { installedFile, pulumiHome } from "../detect/installed-files";
import { releaseOf, type System } from "./releases";
import { toolPages, toolVersions } from "../../../lib/versions";

/** Installs a tool into the cache folder, as its makers publish it. */
export async function install(
  tool: Tool,
  cache: string,
  system: System,
  progress: Progress,
): Promise<Located> {
  const file = installedFile(cache, tool);
  await progress.step(`Install ${tool} ${toolVersions[tool]}`, () =>
    tool === "pulumi" ? installPulumi(cache) : download(releaseOf(tool, system), file),
  );
  return { file, origin: "release" };
}

/**
 * The npm package `pulumi` brings the CLI of its own version at its first use, with its makers' own
 * installer, to PULUMI_HOME/versions/VERSION/bin: language hosts included.
 */
async function installPulumi(cache: string): Promise<void> {
  const version = toolVersions.pulumi;
  const folder = join(cache, "tools", `pulumi-npm-${version}`);
  const launcher = join(folder, "node_modules", "pulumi", "run.js");
  if (!existsSync(launcher)) {
    const npm = findNpm();
    if (npm === undefined) throw new UserError("npm wasn't found.", "Install npm beside Node.js.");
    await mkdir(folder, { recursive: true });
    const args = ["install", "--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit"];
    const result = await run(process.execPath, [npm, ...args, `pulumi@${version}`]);
    if (result.code !== 0) fail(`The npm package pulumi ${version} couldn't be had`, result);
  }
  const env = { ...process.env, PULUMI_HOME: pulumiHome(cache) };
  const result = await run(process.execPath, [launcher, "version"], { env });
  if (result.code !== 0) fail(`Pulumi ${version} couldn't be installed by its npm package`, result);
}

function fail(what: string, result: Parameters<typeof lastLines>[0]): never {
  throw new UserError(
    `${what}: ${lastLines(result)}`,
    `Install Pulumi yourself (${toolPages.pulumi}), or have the sandbox build it: TODO_CHATBOT_OFFLINE=1 npm run up.`,
  );
}
