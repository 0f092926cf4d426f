import assert from "node:assert/strict";
import { sameQuantity } from "../../../../../provider-stand-ins/kubernetes/objects/same-quantity";

describe("stand-in kubernetes: equal quantities", () => {
  it("compares quantities by their size, and only where a quantity belongs", () => {
    assert.ok(sameQuantity(["limits", "cpu"], "1000m", "1"));
    assert.ok(sameQuantity(["requests", "memory"], "1Gi", "1024Mi"));
    assert.ok(sameQuantity(["requests", "cpu"], "0.05", "50m"));
    assert.ok(!sameQuantity(["limits", "cpu"], "1", "1500m"));
    assert.ok(!sameQuantity(["labels", "version"], "1", "1000m"));
  });
});
