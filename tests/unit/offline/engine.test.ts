import assert from "node:assert/strict";
import { UserError } from "../../../lib/errors";
import { otherEngine, withRuntime } from "../../../offline/engine";

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

describe("an engine that docker commands use", () => {
  const engine = { version: "28.0.0", storage: "overlay2", runtime: "runc" };

  it("is configured where it is this machine's", () => {
    assert.equal(otherEngine("unix:///var/run/docker.sock", engine), undefined);
    assert.equal(otherEngine(undefined, undefined), undefined);
  });
  it("is reported at once where it is another one: this machine's configuration doesn't change it", () => {
    const inNode = otherEngine("tcp://192.168.49.2:2376", engine);
    assert.match(inNode?.message ?? "", /tcp:\/\/192\.168\.49\.2:2376 .* runtime is runc;/);
    assert.match(inNode?.hint ?? "", /unset DOCKER_HOST/);
    const silent = otherEngine("unix:///home/me/.colima/docker.sock", undefined);
    assert.match(silent?.message ?? "", /no docker engine answers there/);
  });
});
