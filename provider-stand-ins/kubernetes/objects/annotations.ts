import type { Operation } from "../../protocol/provider";
import type { Properties } from "../../protocol/values";
import { isObject, reveal } from "../../protocol/values";

/** The annotations of the plugin that the stand-in supports. */
export const ANNOTATIONS = {
  autonamed: "pulumi.com/autonamed",
  skipAwait: "pulumi.com/skipAwait",
  timeoutSeconds: "pulumi.com/timeoutSeconds",
  patchForce: "pulumi.com/patchForce",
  deletionPropagation: "pulumi.com/deletionPropagationPolicy",
} as const;

const DEFAULT_TIMEOUT_SECONDS = 600;

/** Returns an annotation of an object; empty where there is none, or where it is unknown. */
export function annotation(inputs: Properties, name: string): string {
  const metadata = reveal(inputs.metadata ?? null);
  const annotations = isObject(metadata) ? metadata.annotations : undefined;
  const value = isObject(annotations) ? annotations[name] : undefined;
  return typeof value === "string" ? value : "";
}

/** Whether the program asks not to wait for an object. */
export function skipsAwait(inputs: Properties): boolean {
  return annotation(inputs, ANNOTATIONS.skipAwait) === "true";
}

/**
 * Returns the seconds after which a wait fails: from `customTimeouts`, else from the annotation.
 * The default is ten minutes.
 */
export function timeoutOf(operation: Operation, inputs: Properties): number {
  if (operation.timeout > 0) return operation.timeout;
  const seconds = Number(annotation(inputs, ANNOTATIONS.timeoutSeconds));
  return Number.isInteger(seconds) && seconds > 0 ? seconds : DEFAULT_TIMEOUT_SECONDS;
}
