import * as pulumi from "@pulumi/pulumi";
import { isObject } from "./values";

/**
 * Merges `override` over `base`: objects key by key, everything else is replaced. Outputs are values like
 * any other: they are replaced as a whole.
 */
export function mergeInputs(base: unknown, override: unknown): unknown {
  if (!isPlainObject(base) || !isPlainObject(override)) return override;
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(override)) {
    result[key] = key in base ? mergeInputs(base[key], value) : value;
  }
  return result;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !pulumi.Output.isInstance(value);
}
