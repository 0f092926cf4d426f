import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { UserError } from "../../../../lib/errors";
import { withRunErrors } from "../../../../lib/pulumi/run-error";

/** What a part of the program ends with. */
function errorOf(part: () => unknown): unknown {
  try {
    withRunErrors(part);
  } catch (error) {
    return error;
  }
  return assert.fail("it should have thrown");
}

describe("lib: withRunErrors", () => {
  it("returns what the part returns", () => {
    assert.equal(
      withRunErrors(() => 1),
      1,
    );
  });

  it("turns a UserError into a RunError that has its message and its hint", () => {
    const error = errorOf(() => {
      throw new UserError("1 setting is wrong:\n  a", "Change it.");
    });
    assert.ok(pulumi.RunError.isInstance(error));
    assert.equal(error.message, "1 setting is wrong:\n  a\nChange it.");
  });

  it("leaves any other error as it is", () => {
    const bug = new Error("a bug");
    const error = errorOf(() => {
      throw bug;
    });
    assert.equal(error, bug);
  });
});
