import type { Environment } from "../environment/environment";
import * as data from "./failures/database-data";
import type { Explanation, FailureContext, KnownFailure } from "./failures/failure";
import * as helm from "./failures/helm";
import * as images from "./failures/images";
import * as objects from "./failures/kubernetes-objects";
import * as machine from "./failures/machine";
import * as refusals from "./failures/refusals";
import * as state from "./failures/settings-and-state";

/** Failures that are causes, the most telling first: where several match, the first one is the explanation. */
const causes: readonly KnownFailure[] = [
  state.invalidSettings,
  state.wrongPassphrase,
  state.stackLocked,
  data.dataSettingChanged,
  data.dataNotUsable,
  data.volumeCannotGrow,
  data.volumeCannotChange,
  helm.releasePending,
  refusals.kindMissing,
  refusals.beingDeleted,
  refusals.webhookRefuses,
  refusals.webhookNotAnswering,
  refusals.policyRefuses,
  refusals.nodePortTaken,
  refusals.podSecurityViolated,
  refusals.outsideLimitRange,
  refusals.quotaDemands,
  refusals.quotaExceeded,
  refusals.notAllowed,
  refusals.fieldConflict,
  images.pullsLimited,
  images.otherArchitecture,
  images.apiVersionRefused,
  images.imageNameInvalid,
  images.credentialHelperMissing,
  machine.certificateNotTrusted,
  machine.diskFull,
  images.imageNotPulled,
  images.buildStepFailed,
  images.imageNotInCluster,
  machine.nodeTooSmall,
  machine.dockerNotAnswering,
  machine.clusterNotAnswering,
  machine.pluginMissing,
  helm.ownedByAnother,
  helm.releaseExists,
  helm.releaseGone,
  helm.releaseMissing,
  objects.objectExists,
  objects.objectDeleted,
  objects.referenceMissing,
  refusals.objectInvalid,
  objects.containerCrashes,
  state.pendingOperations,
];

/** What a cause leads to, the most telling first: an explanation only where nothing tells the cause. */
const symptoms: readonly KnownFailure[] = [
  helm.migrationFailed,
  objects.readinessFails,
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

/** An explanation, and what it rests on. */
export interface Explained {
  explanation: Explanation;
  /** Index of the text that it was found in. */
  source: number;
  /** Whether it is a cause; else it is a symptom of one that nothing names. */
  isCause: boolean;
}

/**
 * Explains a failure by what was written of it.
 *
 * @param evidence texts, the most reliable first: a cause in one is preferred to the causes in those after
 *   it, and any cause to a symptom.
 * @returns undefined where it is none of the known failures.
 */
export function explainEvidence(
  evidence: readonly string[],
  context: FailureContext,
): Explained | undefined {
  for (const [source, text] of evidence.entries()) {
    const explanation = firstMatch(causes, text, context);
    if (explanation !== undefined) return { explanation, source, isCause: true };
  }
  for (const symptom of symptoms) {
    for (const [source, text] of evidence.entries()) {
      const explanation = firstMatch([symptom], text, context);
      if (explanation !== undefined) return { explanation, source, isCause: false };
    }
  }
  return undefined;
}

/**
 * Explains a failure by its messages.
 *
 * @param text what a program has written.
 * @returns undefined where it is none of the known failures.
 */
export function explainFailure(text: string, context: FailureContext): Explanation | undefined {
  return explainEvidence([text], context)?.explanation;
}

function firstMatch(
  table: readonly KnownFailure[],
  text: string,
  context: FailureContext,
): Explanation | undefined {
  for (const { pattern, explain } of table) {
    const match = pattern.exec(text);
    if (match !== null) return explain(match, context);
  }
  return undefined;
}
