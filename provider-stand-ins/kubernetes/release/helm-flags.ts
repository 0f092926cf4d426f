import type { JsonObject } from "../../protocol/values";

/** Seconds that helm may take where the program sets no timeout; also helm's default. */
export const DEFAULT_TIMEOUT_SECONDS = 300;

/** Returns the flags of the inputs that are true, from a map of input names to flags. */
export function flagsOf(inputs: JsonObject, names: Readonly<Record<string, string>>): string[] {
  return Object.entries(names).flatMap(([input, flag]) => (inputs[input] === true ? [flag] : []));
}

/** Returns the timeout of the inputs, in seconds. */
export function timeoutSeconds({ timeout }: JsonObject): number {
  return typeof timeout === "number" && timeout > 0 ? timeout : DEFAULT_TIMEOUT_SECONDS;
}

/** Returns helm's flag for the timeout in the inputs. */
export function timeoutFlag(inputs: JsonObject): string {
  return `--timeout=${timeoutSeconds(inputs)}s`;
}
