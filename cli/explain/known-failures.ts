import type { Environment } from "../environment/environment";
import * as credentials from "./failures/docker-credentials";
import type { Explanation, FailureContext, KnownFailure } from "./failures/failure";
import * as helm from "./failures/helm";
import * as images from "./failures/images";
import * as objects from "./failures/kubernetes-objects";
import * as machine from "./failures/machine";
import * as state from "./failures/settings-and-state";

/** Every known failure, the most telling first: where several match, the first one is the explanation. */
const knownFailures: readonly KnownFailure[] = [
  state.invalidSettings,
  state.wrongPassphrase,
  state.stackLocked,
  helm.releasePending,
  objects.nodePortTaken,
  objects.podSecurityViolated,
  credentials.credentialHelperMissing,
  images.imageNotPulled,
  images.imageNotInCluster,
  machine.nodeTooSmall,
  machine.dockerNotAnswering,
  machine.clusterNotAnswering,
  machine.pluginMissing,
  helm.ownedByAnother,
  objects.objectExists,
  objects.objectDeleted,
  objects.referenceMissing,
  helm.migrationFailed,
  objects.containerCrashes,
  objects.quotaExceeded,
  machine.diskFull,
  machine.certificateNotTrusted,
  state.pendingOperations,
  objects.notReadyInTime,
];

/** Returns what the explanations of a stack's failures may name. */
export function failureContext(
  environment: Pick<Environment, "stack" | "settings" | "target">,
): FailureContext {
  const { stack, settings } = environment;
  return {
    stack,
    namespace: settings.namespace,
    release: settings.chart.releaseName,
    target: environment.target,
  };
}

/**
 * Explains a failure by its messages.
 *
 * @param text what pulumi, the engine, the providers and the pods have written.
 * @returns undefined where it is none of the known failures.
 */
export function explainFailure(text: string, context: FailureContext): Explanation | undefined {
  for (const { pattern, explain } of knownFailures) {
    const match = pattern.exec(text);
    if (match !== null) return explain(match, context);
  }
  return undefined;
}
