import assert from "node:assert/strict";
import { quantity } from "../../../../lib/kubernetes/quantity";

describe("a quantity", () => {
  it("is read in every notation", () => {
    assert.equal(quantity("4031440Ki"), 4031440 * 1024);
    assert.equal(quantity("0.5"), 0.5);
    assert.equal(quantity("1500m"), 1.5);
    assert.equal(quantity("1G"), 1e9);
    assert.equal(quantity(undefined), 0);
  });
});
