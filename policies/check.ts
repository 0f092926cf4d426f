import type { PolicyContext, PolicyResource, Violation } from "./policy";
import { policies } from "./rules";

/** Holds one resource against every policy. */
export function check(resource: PolicyResource, context: PolicyContext): Violation[] {
  return policies.flatMap(({ name, sentence, check: look }) =>
    look(resource, context).map((found) => ({
      policy: name,
      resource: `${resource.type} ${resource.name}`,
      found,
      expected: sentence,
    })),
  );
}

/** Violations as lines, one each. */
export function inLines(violations: readonly Violation[]): string[] {
  return violations.map(
    ({ policy, resource, found, expected }) =>
      `${policy}: ${resource}: found ${found}; expected: ${expected}`,
  );
}
