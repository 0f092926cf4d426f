import assert from "node:assert/strict";
import { parseArguments, refuseFurther } from "../../../cli/arguments";
import { UserError } from "../../../lib/errors";

describe("arguments of a command", () => {
  it("deploy stack dev where none is named", () => {
    const parsed = parseArguments([]);
    assert.equal(parsed.stack, "dev");
    assert.equal(parsed.help, false);
    assert.deepEqual(parsed.rest, []);
  });

  for (const form of [["--stack", "prod"], ["--stack=prod"], ["-s", "prod"], ["-s=prod"]]) {
    it(`take the stack out of ${form.join(" ")}, and leave pulumi's flags in their order`, () => {
      const parsed = parseArguments(["--diff", ...form, "--target", "urn"]);
      assert.equal(parsed.stack, "prod");
      assert.deepEqual(parsed.rest, ["--diff", "--target", "urn"]);
    });
  }

  it("leave Pulumi's own short flags as they are, in groups and with values", () => {
    const flags = [
      ...["-csecret=x", "-mfish", "-rs", "-yh", "-fhy", "--help=x", "--constructor", "--toString"],
      ...["-p4", "--parallel", "4", "-turn:pulumi:dev", "--", "extra"],
    ];
    const parsed = parseArguments(flags);
    assert.deepEqual(parsed, { stack: "dev", stackGiven: false, help: false, rest: flags });
  });

  it("refuse an empty name of a stack", () => {
    assert.throws(() => parseArguments(["--stack="]), UserError);
    assert.throws(() => parseArguments(["-s="]), UserError);
  });

  it("refuse --stack with nothing behind it", () => {
    assert.throws(() => parseArguments(["--stack"]), UserError);
  });

  it("refuse what a command doesn't know, by name", () => {
    assert.throws(() => {
      refuseFurther("doctor", ["--fix"]);
    }, /doctor doesn't know "--fix"/);
  });
});
