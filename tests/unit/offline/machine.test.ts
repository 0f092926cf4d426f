import assert from "node:assert/strict";

import { withRuntime } from "../../../offline/engine";
import { compareVersions, hasSysResource, unsupported } from "../../../offline/machine";
import { goMinimum } from "../../../offline/pins";

const fine = { platform: "linux", arch: "x64", apt: true, root: true, go: goMinimum };

describe("whether a machine can use the sandbox", () => {
  it("is a yes for root on Debian with Go", () => {
    assert.equal(unsupported(fine), undefined);
    assert.equal(unsupported({ ...fine, go: "2.0" }), undefined);
  });

  for (const [change, reason] of [
    [{ platform: "darwin", arch: "arm64" }, /darwin on arm64: install docker/],
    [{ arch: "arm64" }, /Linux on x64 only/],
    [{ apt: false }, /no apt-get/],
    [{ root: false }, /as root/],
    [{ go: undefined }, /install Go 1\.26/],
    [{ go: "1.26.3" }, /has Go 1\.26\.3: install a newer Go/],
  ] as const) {
    it(`is a no, with a way out, for ${JSON.stringify(change)}`, () => {
      const why = unsupported({ ...fine, ...change });
      assert.match(why ?? "", reason);
      assert.match(why ?? "", /^The sandbox .*\.$/);
      assert.ok(!why?.includes("\n"));
    });
  }

  it("compares versions by number", () => {
    assert.ok(compareVersions("1.9.10", "1.10.0") < 0);
    assert.ok(compareVersions("1.26.10", "1.26.9") > 0);
    assert.equal(compareVersions("1.26", "1.26.0"), 0);
  });
});

describe("the container runtime", () => {
  it("needs help where CAP_SYS_RESOURCE is missing", () => {
    assert.equal(hasSysResource("CapBnd:\t000001ffffffffff\n"), true);
    assert.equal(hasSysResource("CapInh:\t0\nCapBnd:\t000001fffeffffff\n"), false);
  });

  it("is added to the engine's configuration, which is otherwise kept", () => {
    const before = { debug: true, runtimes: { other: { path: "/other" } } };
    const after = JSON.parse(withRuntime(JSON.stringify(before))) as Record<string, unknown>;
    assert.equal(after.debug, true);
    assert.equal(after["default-runtime"], "runc-here");
    assert.deepEqual(Object.keys(after.runtimes as object), ["other", "runc-here"]);
    assert.equal(
      withRuntime(JSON.stringify(after)),
      withRuntime(withRuntime(JSON.stringify(before))),
    );
  });

  it("says what to do about a configuration that can't be read", () => {
    assert.throws(() => withRuntime("{"), /daemon\.json is not valid JSON.*What to do: correct/s);
    assert.match(withRuntime(undefined), /runc-here/);
  });
});
