import { ClusterTarget } from "../../../lib/kubernetes/target";
import { directories } from "../../../lib/paths";
import { pathOf } from "../../../lib/process/which";
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
 * @throws UserError where the settings are invalid, the kubeconfig can't be parsed, or Pulumi is too old.
 */
export async function detect(
  root: string,
  stack: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Detected> {
  const { config, settings } = loadSettings(root, stack);
  const target = new ClusterTarget(settings, env);
  const [cluster, docker] = await Promise.all([
    detectCluster(target, env, directories(env).home),
    findDockerEngine(env, pathOf(env)),
  ]);
  const needs = needsOf(settings, cluster);
  const tools = await detectTools(root, env, needs.tools);
  await refuseOldPulumi(tools.tools.pulumi, env);
  return { ...tools, stack, config, settings, target, needs, docker, cluster };
}
