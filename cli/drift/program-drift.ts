import { UserError } from "../../lib/errors";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { runUpdate, type StackEnvironment } from "../stack/run-pulumi";
import { readState, type StackState } from "../stack/state";
import { reportForeignFields, type StatedObject } from "./foreign-fields-report";

/** A preview that reads the cluster first, and fails where it would change something. */
const comparison = ["preview", "--refresh", "--run-program", "--diff", "--expect-no-changes"];

/**
 * Compares Pulumi's objects in the cluster with the state and the program, and reports the differences.
 *
 * @returns whether there are any.
 * @throws UserError where Pulumi can't compare them.
 */
export async function programDrifted(
  environment: StackEnvironment,
  progress: Pick<ConsoleProgress, "say">,
): Promise<boolean> {
  const { code, errorText } = await runUpdate(environment, comparison);
  if (code !== 0 && !errorText.includes("no changes were expected")) {
    throw new UserError(
      "Pulumi couldn't compare the cluster with the state; its message is above.",
      "`npm run doctor` looks at everything that this depends on.",
    );
  }
  const stated = objectsInState(await readState(environment));
  return (await reportForeignFields(environment, stated, progress)) || code !== 0;
}

/** Returns the Kubernetes objects of a state, as the program states them. */
export function objectsInState({ resources }: StackState): StatedObject[] {
  return resources
    .filter(({ type, inputs }) => type.startsWith("kubernetes:") && isApiObject(inputs))
    .map(({ inputs }) => inputs as unknown as StatedObject);
}

/** A Helm release is a resource of the same provider, and no object of the API. */
function isApiObject(inputs: Record<string, unknown> | undefined): boolean {
  return typeof inputs?.kind === "string" && typeof inputs.apiVersion === "string";
}
