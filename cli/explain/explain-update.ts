import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { podFindings } from "../doctor/checks/pods";
import type { PodList } from "../doctor/pod";
import { type Environment, kubectlOf } from "../environment/environment";
import type { UpdateResult } from "../stack/run-pulumi";
import { explainFailure, failureContext } from "./known-failures";

/**
 * Explains a failed update below Pulumi's own output: the pods that fail, then one cause and one hint.
 *
 * @returns the exit code of the command; never 0.
 */
export async function explainUpdate(
  environment: Pick<Environment, "stack" | "settings" | "target" | "tools" | "env">,
  { errorText, code }: Pick<UpdateResult, "errorText" | "code">,
  progress: Pick<ConsoleProgress, "say">,
): Promise<number> {
  const pods = await failingPods(environment);
  for (const line of pods) progress.say(`✗ ${line}`);
  const explanation = explainFailure([errorText, ...pods].join("\n"), failureContext(environment));
  const { cause, hint } = explanation ?? {
    cause: "Pulumi failed; its message is above.",
    hint: "`npm run doctor` looks at everything that this depends on.",
  };
  progress.say(`✗ ${cause}`);
  progress.say(`  → ${hint}`);
  return code === 0 ? 1 : code;
}

async function failingPods(
  environment: Pick<Environment, "settings" | "target" | "tools" | "env">,
): Promise<string[]> {
  const { namespace } = environment.settings;
  try {
    const pods = await kubectlOf(environment).json<PodList>(["get", "pods", "-n", namespace]);
    return podFindings(pods.items, environment.target, new Date())
      .filter(({ state }) => state === "fix")
      .map(({ found }) => found);
  } catch {
    // Pulumi's own message has the failure; a cluster that doesn't answer adds nothing to it.
    return [];
  }
}
