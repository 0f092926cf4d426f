import assert from "node:assert/strict";
import { UserError } from "../../../lib/errors";
import { hasSysResource, unsupported } from "../../../offline/machine";
import { GO_MINIMUM } from "../../../offline/pins";

const fine = { platform: "linux", arch: "x64", apt: true, root: true, go: GO_MINIMUM };

describe("whether offline mode works on a machine", () => {
  it("is a yes for root on Debian with Go", () => {
    assert.equal(unsupported(fine), undefined);
    assert.equal(unsupported({ ...fine, go: "2.0" }), undefined);
  });

  for (const [change, message, hint] of [
    [{ platform: "darwin", arch: "arm64" }, /darwin on arm64\.$/, /install docker/],
    [{ arch: "arm64" }, /Linux on x64 only/, /install docker/],
    [{ apt: false }, /no apt-get/, /install docker/],
    [{ root: false }, /not root/, /as root, or install docker/],
    [{ go: undefined }, /builds its programs with Go/, /^Install Go 1\.26/],
    [{ go: "1.26.3" }, /has Go 1\.26\.3\.$/, /^Install a newer Go/],
  ] as const) {
    it(`is a no, with a hint, for ${JSON.stringify(change)}`, () => {
      const error = unsupported({ ...fine, ...change });
      assert.ok(error instanceof UserError);
      assert.match(error.message, message);
      assert.match(error.message, /^Offline mode .*\.$/);
      assert.match(error.hint, hint);
      assert.match(error.hint, /^[A-Z].*\.$/);
      assert.ok(!error.message.includes("\n") && !error.hint.includes("\n"));
    });
  }

  it("compares Go's versions by number", () => {
    assert.equal(GO_MINIMUM, "1.26.4");
    assert.ok(unsupported({ ...fine, go: "1.9.10" }) !== undefined);
    assert.ok(unsupported({ ...fine, go: "1.26" }) !== undefined);
    assert.ok(unsupported({ ...fine, go: "1.26.10" }) === undefined);
    assert.ok(unsupported({ ...fine, go: "1.27" }) === undefined);
  });
});

describe("the capability to exceed resource limits", () => {
  it("is read from the bounding set of the process", () => {
    assert.equal(hasSysResource("CapBnd:\t000001ffffffffff\n"), true);
    assert.equal(hasSysResource("CapInh:\t0\nCapBnd:\t000001fffeffffff\n"), false);
  });
});
