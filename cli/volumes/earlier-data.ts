import { UserError } from "../../lib/errors";
import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { Settings } from "../../settings";
import { databaseInCluster } from "../../settings";
import type { StackState } from "../stack/state";
import { nodeFolder, readDatabaseClaim, releasedVolumes } from "./database-volumes";

/** Returns the name under which the state has the database's password; undefined where it has none. */
function hasPassword({ resources }: StackState): boolean {
  return resources.some(
    ({ urn, type }) =>
      type === "random:index/randomPassword:RandomPassword" && urn.endsWith("::postgres-password"),
  );
}

/**
 * Checks that a new database doesn't get the data of an earlier one: Minikube's provisioner gives each claim
 * the folder of its name, and a destroy without this command line may have left it. The new password would
 * not open that data.
 *
 * @throws UserError that names the volume, and the choices.
 */
export async function assertNoEarlierData(
  state: StackState,
  kubectl: Pick<Kubectl, "run">,
  settings: Settings,
  stack: string,
): Promise<void> {
  if (!databaseInCluster(settings) || settings.postgres.existingData !== "refuse") return;
  if (hasPassword(state)) return;
  const claim = await readDatabaseClaim(kubectl, settings);
  for (const volume of await releasedVolumes(kubectl, claim)) {
    const folder = nodeFolder(volume, claim);
    if (folder === undefined) continue;
    const set = (value: string): string =>
      `\`npm run pulumi -- config set --path todo-chatbot:postgres.existingData ${value} --stack ${stack}\``;
    throw new UserError(
      `The cluster has the data of an earlier database of namespace "${claim.namespace}": volume ${volume.metadata.name}, ${folder} in the node. ` +
        "The new database would get it, and its new password doesn't open it.",
      `Keep the data, and give it the new password: ${set("keep")}. Delete it: \`npm run destroy -- --stack ${stack}\`, or ${set("drop")}.`,
    );
  }
}
