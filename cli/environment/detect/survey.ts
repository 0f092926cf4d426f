import { builtTools, unsupported, type OfflineTools } from "../../../offline";
import type { PluginName, Tool } from "../../../lib/versions";
import { lookAtCluster, type ClusterSeen } from "./cluster";
import { directories, type Directories } from "../../../lib/paths";
import { pathOf } from "../../../lib/process/which";
import { loadSettings, type StackSettings } from "../../stack/stack-settings";
import { findEngine, type EngineFound } from "./docker-engine";
import { locate, type Located } from "./locate-tool";
import { refuseOldPulumi } from "./pulumi-version";
import { pulumiHome, userPulumiHome } from "./installed-files";
import { missingPlugins, pluginVersions } from "./missing-plugins";
import { needsOf, type Needs } from "./needs";

/** What is there, before anything is made. */
export interface Survey extends StackSettings {
  root: string;
  stack: string;
  directories: Directories;
  needs: Needs;
  tools: Partial<Record<Tool, Located | undefined>>;
  engine: EngineFound;
  cluster: ClusterSeen;
  /** What it has built, and why it can't be used here, if so. */
  sandbox: OfflineTools & { unsupported: string | undefined };
  plugins: Plugins;
}

/** The plugins that the program needs, and where they are. */
export interface Plugins {
  versions: Record<PluginName, string>;
  /** PULUMI_HOME that has them, or that they belong into; undefined: the user's own. */
  home: string | undefined;
  missing: PluginName[];
}

/** Looks at everything at once, and changes nothing. */
export async function survey(
  root: string,
  stack: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Survey> {
  const { config, settings } = loadSettings(root, stack);
  const folders = directories(env);
  const [cluster, engine] = await Promise.all([
    lookAtCluster(settings, env, folders.home),
    findEngine(env, pathOf(env)),
  ]);
  const problem = unsupported();
  const sandbox = {
    ...builtTools(),
    unsupported: problem && `${problem.message} ${problem.hint}`,
  };
  const needs = needsOf(settings, cluster);
  const places = { path: pathOf(env), cache: folders.cache, sandbox };
  const tools = Object.fromEntries(needs.tools.map((tool) => [tool, locate(tool, places)]));
  await refuseOldPulumi(tools.pulumi, env);
  const plugins = findPlugins(root, env, folders, tools);
  return {
    root,
    stack,
    config,
    settings,
    directories: folders,
    needs,
    tools,
    engine,
    cluster,
    sandbox,
    plugins,
  };
}

/**
 * Finds the plugins: in the user's own PULUMI_HOME where the CLI is theirs, else, or where they aren't
 * there, in ours.
 */
export function findPlugins(
  root: string,
  env: NodeJS.ProcessEnv,
  { cache }: Directories,
  tools: Survey["tools"],
): Plugins {
  const versions = pluginVersions(root);
  const ours = pulumiHome(cache);
  const theirs = userPulumiHome(env);
  const lackedByOurs = missingPlugins(ours, versions);
  if (tools.pulumi?.origin === "user" && theirs !== ours) {
    const lackedByTheirs = missingPlugins(theirs, versions);
    // What an earlier run brought is used as well, rather than asking the network again.
    if (lackedByTheirs.length === 0 || lackedByOurs.length > 0) {
      return { versions, home: undefined, missing: lackedByTheirs };
    }
  }
  return { versions, home: ours, missing: lackedByOurs };
}
