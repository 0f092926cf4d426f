import assert from "node:assert/strict";
import { UserError } from "../../lib/errors";

/** Asserts that a call throws a UserError whose message and hint, in one line each, match a pattern. */
export function assertUserError(call: () => unknown, pattern: RegExp): void {
  assert.throws(call, (error: unknown) => {
    assert.ok(error instanceof UserError, String(error));
    assert.match(`${error.message}\n${error.hint}`, pattern);
    return true;
  });
}
