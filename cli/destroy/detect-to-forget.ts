import { UserError } from "../../lib/errors";
import { ClusterTarget } from "../../lib/kubernetes/target";
import { parseSettings, type Settings, SettingsError } from "../../settings";
import { detectTools } from "../environment/detect/detect-tools";
import { refuseOldPulumi } from "../environment/detect/pulumi-version";
import { readProject } from "../stack/project-file";
import { readStackConfig } from "../stack/stack-config";
import { checkReference } from "../stack/stack-name";
import type { EnvironmentToForget } from "./forget-stack";

/** The settings that the messages of `--forget` name; the state itself says where the stack is deployed. */
const namedSettings = ["context", "kubeconfig", "namespace"] as const;

/**
 * Finds what is needed to forget a stack. Its settings may be invalid, or missing: a former version may have
 * deployed it with settings that this one refuses.
 */
export async function detectToForget(
  root: string,
  stack: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<EnvironmentToForget> {
  checkReference(stack, readProject(root).name);
  const found = await detectTools(root, env, ["pulumi"]);
  await refuseOldPulumi(found.tools.pulumi, env);
  const settings = validSettings(root, stack);
  return { ...found, stack, settings, target: new ClusterTarget(settings, env) };
}

/** Returns the settings that are named, as far as they are valid; everything else has its default. */
function validSettings(root: string, stack: string): Settings {
  const { values } = readStackConfig(root, stack);
  let config: Record<string, string> = {};
  for (const key of namedSettings) {
    const value = values[key];
    const more = value === undefined ? config : { ...config, [key]: value };
    if (isValid(more)) config = more;
  }
  return parseSettings(config);
}

function isValid(config: Readonly<Record<string, string>>): boolean {
  try {
    parseSettings(config);
    return true;
  } catch (error) {
    if (error instanceof SettingsError) return false;
    throw error;
  }
}

/** Returns an error of a destroy; that of invalid settings says how to remove what was deployed with them. */
export function orForget(error: unknown, stack: string): unknown {
  if (!(error instanceof UserError && error.cause instanceof SettingsError)) return error;
  const hint =
    `${error.hint} If a former version deployed the stack with these settings, destroy it with that version ` +
    `(\`git stash\` or \`git checkout\`); or leave everything there and forget it: ` +
    `\`npm run destroy -- --stack ${stack} --forget\`.`;
  return new UserError(error.message, hint, { cause: error.cause });
}
