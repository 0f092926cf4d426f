import { explainFailure, failureContext } from "./known-failures";
import type { Environment } from "../environment/environment";
import { kubectlOf } from "../environment/environment";
import { podFindings, type PodList } from "../doctor/checks/pods";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import type { UpdateResult } from "../stack/run-pulumi";

/**
 * Explains a failed update, after pulumi's own output: what the pods themselves say, one cause, one way
 * out.
 */
export async function explain(
  machine: Environment,
  { complaints, code }: UpdateResult,
  progress: ConsoleProgress,
): Promise<number> {
  const pods = await failingPods(machine);
  for (const line of pods) progress.say(`✗ ${line}`);
  const explanation = explainFailure([complaints, ...pods].join("\n"), failureContext(machine));
  if (explanation !== undefined) {
    progress.say(`✗ ${explanation.cause}`);
    progress.say(`  → ${explanation.hint}`);
  } else {
    progress.say("✗ Pulumi failed; its message is above.");
    progress.say("  → `npm run doctor` looks at everything that this depends on.");
  }
  return code === 0 ? 1 : code;
}

async function failingPods(machine: Environment): Promise<string[]> {
  try {
    const pods = await kubectlOf(machine).json<PodList>([
      "get",
      "pods",
      "-n",
      machine.settings.namespace,
    ]);
    return podFindings(pods.items, new Date())
      .filter(({ state }) => state === "mend")
      .map(({ found }) => found);
  } catch {
    // The failure is pulumi's to tell; a cluster that doesn't answer adds nothing to it.
    return [];
  }
}
