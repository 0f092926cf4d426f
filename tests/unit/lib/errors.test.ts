import assert from "node:assert/strict";
import { describeError, UserError } from "../../../lib/errors";

describe("errors", () => {
  it("are a sentence and a hint where the user can fix them", () => {
    const error = new UserError("It broke.", "Fix it.");
    assert.equal(describeError(error), "✗ It broke.\n  → Fix it.");
  });
  it("keep their hint and their cause as fields", () => {
    const cause = new Error("ENOENT");
    const error = new UserError("It broke.", "Fix it.", { cause });
    assert.equal(error.message, "It broke.");
    assert.equal(error.hint, "Fix it.");
    assert.equal(error.cause, cause);
  });
  it("come with their stack where they are unexpected", () => {
    assert.match(describeError(new TypeError("x is not y")), /x is not y[\s\S]*errors\.test\.ts/);
  });
});
