import { createHash, randomBytes } from "node:crypto";
import type { CheckRequest } from "./provider";

/**
 * Returns the name for a resource that the program leaves unnamed, by the engine's naming rules where
 * there are any.
 *
 * @param property the property that holds the name, for the message.
 * @throws Error where the engine's rules forbid automatic names.
 */
export function automaticName(request: CheckRequest, property: string): string {
  const rules = request.autonaming;
  if (rules?.mode === "disable") {
    throw new Error(
      `automatic naming is switched off, and ${request.type} "${request.name}" has no ${property}: set it`,
    );
  }
  return rules === undefined ? uniqueName(request.name, request.randomSeed) : rules.proposedName;
}

/**
 * Returns `<name in the program>-<8 hex digits>`. The digits come from the engine's seed where it sends
 * one, so that a repeated check of one step returns the same name.
 */
function uniqueName(name: string, seed: Uint8Array | undefined): string {
  const digits =
    seed === undefined || seed.length === 0
      ? randomBytes(4).toString("hex")
      : createHash("sha256").update(seed).digest("hex").slice(0, 8);
  return `${name}-${digits}`;
}
