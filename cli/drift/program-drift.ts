import { UserError } from "../../lib/errors";
import type { Environment } from "../environment/environment";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { type Deployment, readDeployment } from "../stack/deployment";
import { update } from "../stack/run-pulumi";
import { sayForeignFields, type Stated } from "./live-objects";

/** The flags of a preview that looks at the cluster first, and fails where it would change something. */
const lookOnly = ["preview", "--refresh", "--run-program", "--diff", "--expect-no-changes"];

/** Whether Pulumi's own objects differ from the state and the program; says how. */
export async function programDrifted(
  machine: Environment,
  progress: ConsoleProgress,
): Promise<boolean> {
  const { code, complaints } = await update(machine, lookOnly);
  if (code !== 0 && !complaints.includes("no changes were expected")) {
    throw new UserError(
      "Pulumi couldn't compare the cluster with the state; its message is above.",
      "`npm run doctor` looks at everything that this depends on.",
    );
  }
  const stated = statedIn(await readDeployment(machine));
  return (await sayForeignFields(machine, stated, progress)) || code !== 0;
}

/** The objects that a state says the program has asked for. */
export function statedIn({ resources }: Deployment): Stated[] {
  return resources
    .filter(({ type, inputs }) => type.startsWith("kubernetes:") && isApiObject(inputs))
    .map(({ inputs }) => inputs as unknown as Stated);
}

/** A Helm release is a resource of the same provider, and no object of the API. */
function isApiObject(inputs: Record<string, unknown> | undefined): boolean {
  return typeof inputs?.kind === "string" && typeof inputs.apiVersion === "string";
}
