import assert from "node:assert/strict";
import { UserError } from "../../../lib/errors";
import { withRuntime } from "../../../offline/engine";

describe("the docker engine's configuration", () => {
  it("gets the container runtime, and keeps everything else", () => {
    const before = { debug: true, runtimes: { other: { path: "/other" } } };
    const after = JSON.parse(withRuntime(JSON.stringify(before))) as Record<string, unknown>;
    assert.equal(after.debug, true);
    assert.equal(after["default-runtime"], "runc-here");
    assert.deepEqual(Object.keys(after.runtimes as object), ["other", "runc-here"]);
    assert.equal(
      withRuntime(JSON.stringify(after)),
      withRuntime(withRuntime(JSON.stringify(before))),
    );
    assert.match(withRuntime(undefined), /runc-here/);
  });

  it("is reported with a hint when it is not valid JSON", () => {
    assert.throws(
      () => withRuntime("{"),
      (error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, /daemon\.json is not valid JSON/);
        assert.match(error.hint, /^Correct/);
        assert.ok(error.cause instanceof SyntaxError);
        return true;
      },
    );
  });
});
