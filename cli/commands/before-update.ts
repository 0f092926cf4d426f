import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { forgetUndeployed } from "../destroy/forget-stack";
import { type Environment, kubectlOf } from "../environment/environment";
import { assertPreconditions } from "../preconditions/preconditions";
import { missingReleases } from "../stack/missing-releases";
import { assertSameCluster, type ClusterComparison, refreshReason } from "../stack/same-cluster";
import type { StackState } from "../stack/state";
import { assertNoEarlierData, spentChoice } from "../volumes/earlier-data";
import { assertVolumeCanResize } from "../volumes/resize";

/**
 * Checks what an update depends on, before Pulumi changes anything: that the cluster is the recorded one, what
 * the deployment requires of it, and that the database can use the volume that is there. Removes the record of
 * another cluster in which nothing is deployed.
 *
 * @returns flags for Pulumi: a state that doesn't match the cluster is refreshed first, with the providers of
 *   the current program.
 * @throws UserError that names what has to be fixed.
 */
export async function beforeUpdate(
  environment: Environment,
  progress: ConsoleProgress,
): Promise<string[]> {
  const { settings } = environment;
  const comparison = await assertSameCluster(environment, progress);
  const isForgotten = comparison?.relation === "undeployed";
  // The program can't see that nothing is deployed: it would refuse another cluster than the recorded one.
  if (isForgotten) await forgetUndeployed(environment, comparison, progress);
  const state = (isForgotten ? undefined : comparison?.state) ?? { resources: [] };
  const kubectl = kubectlOf(environment);
  const [reason] = await Promise.all([
    whyRefresh(comparison, state, environment),
    assertPreconditions(environment, state, progress),
    assertNoEarlierData(state, kubectl, environment),
    assertVolumeCanResize(kubectl, settings),
  ]);
  const spent = spentChoice(state, environment);
  if (spent !== undefined) progress.say(spent);
  if (reason === undefined) return [];
  progress.say(`· Pulumi reads the cluster first (--refresh): ${reason}`);
  return ["--refresh", "--run-program"];
}

async function whyRefresh(
  comparison: ClusterComparison | undefined,
  state: StackState,
  environment: Environment,
): Promise<string | undefined> {
  const reason = comparison && refreshReason(comparison);
  if (reason !== undefined) return reason;
  // helm can't upgrade a release that was uninstalled.
  const [release] = await missingReleases(state, kubectlOf(environment));
  return (
    release && `the Helm release "${release.id ?? ""}" that was deployed isn't in this cluster`
  );
}
