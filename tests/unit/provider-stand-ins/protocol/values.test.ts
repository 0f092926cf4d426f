import assert from "node:assert/strict";
import {
  hasSecret,
  hasUnknown,
  revealAll,
  Secret,
  UNKNOWN,
} from "../../../../provider-stand-ins/protocol/values";

describe("stand-ins: property values", () => {
  it("finds secrets and unknown values at any depth, and removes secret wrappers", () => {
    const value = { a: [{ b: new Secret({ c: UNKNOWN }) }] };
    assert.ok(hasSecret(value) && hasUnknown(value));
    assert.deepEqual(revealAll(value), { a: [{ b: { c: UNKNOWN } }] });
    assert.ok(!hasSecret(revealAll(value)));
  });
});
