import { ClusterTarget } from "../../../lib/kubernetes/target";
import { directories } from "../../../lib/paths";
import { pathOf } from "../../../lib/process/which";
import { type ConfigFlags, noFlags } from "../../stack/config-flags";
import { runPulumi } from "../../stack/run-pulumi";
import { loadSettings } from "../../stack/stack-settings";
import type { Detected } from "../environment";
import { detectCluster } from "./cluster";
import { detectTools } from "./detect-tools";
import { findDockerEngine } from "./docker-engine";
import { needsOf } from "./needs";
import { refuseOldPulumi } from "./pulumi-version";

/**
 * Finds out what a stack needs and what of it is there. Changes nothing.
 *
 * @param flags flags of the update that change its configuration.
 * @throws UserError where the settings are invalid, the kubeconfig can't be parsed, or Pulumi is too old.
 */
export async function detect(
  root: string,
  stack: string,
  env: NodeJS.ProcessEnv = process.env,
  flags: ConfigFlags = noFlags,
): Promise<Detected> {
  const found = await detectTools(root, env, ["pulumi"]);
  await refuseOldPulumi(found.tools.pulumi, env);
  const pulumi =
    found.tools.pulumi === undefined
      ? undefined
      : (args: readonly string[]) => runPulumi(found, args);
  const { config, settings } = await loadSettings({ root, stack, flags, pulumi });
  const target = new ClusterTarget(settings, env);
  const [cluster, docker] = await Promise.all([
    detectCluster(target, env, directories(env).home),
    findDockerEngine(env, pathOf(env)),
  ]);
  const needs = needsOf(settings, cluster);
  const tools = await detectTools(root, env, needs.tools);
  return { ...tools, stack, config, settings, target, needs, docker, cluster };
}
