import { UserError } from "../../lib/errors";
import type { Kubectl } from "../../lib/kubernetes/kubectl";
import { quantity } from "../../lib/kubernetes/quantity";
import { databaseClaimName, databaseInCluster, type Settings } from "../../settings";

/**
 * Checks by a dry run that the cluster lets the database's volume have the size in the settings: it may not let
 * it grow, and lets none shrink.
 *
 * @throws UserError with the cluster's words where it doesn't.
 */
export async function assertVolumeCanResize(
  kubectl: Pick<Kubectl, "run">,
  settings: Pick<Settings, "namespace" | "postgres" | "environment" | "databaseUrl">,
): Promise<void> {
  // Without a database in the cluster, its claim isn't touched.
  if (!databaseInCluster(settings)) return;
  const {
    namespace,
    postgres: { name, storage },
  } = settings;
  const claim = ["persistentvolumeclaim", databaseClaimName(name), "-n", namespace];
  const path = "jsonpath={.spec.resources.requests.storage}";
  const found = await kubectl.run(["get", ...claim, "--ignore-not-found", "-o", path]);
  const size = found.code === 0 ? found.stdout.trim() : "";
  if (size === "" || quantity(storage) === quantity(size)) return;
  const patch = JSON.stringify({ spec: { resources: { requests: { storage } } } });
  const refused = await kubectl.run(["patch", ...claim, "--dry-run=server", "-p", patch]);
  if (refused.code === 0) return;
  if (quantity(storage) < quantity(size)) {
    throw new UserError(
      `The database's volume has ${size}, and can't shrink to ${storage} (postgres.storage): ${refused.stderr.trim()}`,
      `Set postgres.storage to ${size}.`,
    );
  }
  throw new UserError(
    `The database's volume has ${size}, and can't grow to ${storage} (postgres.storage): ${refused.stderr.trim()}`,
    `Set postgres.storage back to ${size}. For a larger volume with this storage class: save the data with pg_dump, destroy the stack, deploy it, and restore the data.`,
  );
}
