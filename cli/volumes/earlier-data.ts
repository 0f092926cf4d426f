import { UserError } from "../../lib/errors";
import type { Kubectl } from "../../lib/kubernetes/kubectl";
import { databaseInCluster } from "../../settings";
import type { Environment } from "../environment/environment";
import type { StackState } from "../stack/state";
import {
  type DatabaseClaim,
  nodeFolder,
  readDatabaseClaim,
  releasedVolumes,
} from "./database-volumes";

/** The stack that is going to be deployed, and where. */
type Stack = Pick<Environment, "settings" | "stack" | "target">;

/** Whether the state has the password of the database, so that the data in the volume is this stack's. */
function hasPassword({ resources }: StackState): boolean {
  return resources.some(
    ({ urn, type }) =>
      type === "random:index/randomPassword:RandomPassword" && urn.endsWith("::postgres-password"),
  );
}

/**
 * Checks that a new database doesn't get the data of an earlier one. A claim may be left in a namespace that
 * others use too; and Minikube's provisioner gives each claim the folder of its name, which a destroy without
 * this command line may have left. The new password would not open that data.
 *
 * @throws UserError that names the claim or the volume, and the choices.
 */
export async function assertNoEarlierData(
  state: StackState,
  kubectl: Pick<Kubectl, "run">,
  stack: Stack,
): Promise<void> {
  const { settings } = stack;
  if (!databaseInCluster(settings) || settings.postgres.existingData !== "refuse") return;
  if (hasPassword(state)) return;
  const claim = await readDatabaseClaim(kubectl, settings);
  if (claim.uid !== undefined) {
    const remove = stack.target.kubectl(`delete pvc ${claim.name} -n ${claim.namespace}`);
    throw earlierData(`volume claim ${claim.name}`, remove, claim, stack);
  }
  for (const volume of await releasedVolumes(kubectl, claim)) {
    const folder = nodeFolder(volume, claim);
    if (folder === undefined) continue;
    const where = `volume ${volume.metadata.name}, ${folder} in the node`;
    throw earlierData(where, `npm run destroy -- --stack ${stack.stack}`, claim, stack);
  }
}

function earlierData(
  where: string,
  remove: string,
  { namespace }: DatabaseClaim,
  { stack }: Stack,
): UserError {
  return new UserError(
    `The cluster has the data of an earlier database of namespace "${namespace}": ${where}. ` +
      "The new database would get it, and its new password doesn't open it.",
    `Keep the data, and give it the new password: ${setTo("keep", stack)}. Delete it: \`${remove}\`, or ${setTo("drop", stack)}.`,
  );
}

/**
 * Says that the setting `postgres.existingData` has acted in an earlier update, and does nothing any more.
 *
 * @returns undefined where it is new, or at its default.
 */
export function spentChoice(
  { resources }: StackState,
  { settings, stack }: Pick<Stack, "settings" | "stack">,
): string | undefined {
  const choice = settings.postgres.existingData;
  if (choice === "refuse") return undefined;
  const record = resources.find(
    ({ urn, type }) => type === "pulumi-nodejs:dynamic:Resource" && urn.endsWith("::postgres-data"),
  );
  if (record?.inputs?.existingData !== choice) return undefined;
  return `· postgres.existingData is ${choice} since an earlier update, and acts once. Set it back: ${setTo("refuse", stack)}`;
}

function setTo(value: string, stack: string): string {
  return `\`npm run pulumi -- config set --path postgres.existingData ${value} --stack ${stack}\``;
}
