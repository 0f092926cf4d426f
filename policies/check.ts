import type { PolicyContext, PolicyResource, Violation } from "./policy";
import { policies } from "./rules";

/** Checks one resource against every policy, and returns all violations. */
export function check(resource: PolicyResource, context: PolicyContext): Violation[] {
  return policies.flatMap(({ name, sentence, check: violationsOf }) =>
    violationsOf(resource, context).map((found) => ({
      policy: name,
      resource: `${resource.type} ${resource.name}`,
      found,
      expected: sentence,
    })),
  );
}

/** Formats violations as text, one line each. */
export function inLines(violations: readonly Violation[]): string[] {
  return violations.map(
    ({ policy, resource, found, expected }) =>
      `${policy}: ${resource}: found ${found}; expected: ${expected}`,
  );
}
