import assert from "node:assert/strict";
import { parseQuantity, quantity } from "../../../../lib/kubernetes/quantity";

describe("quantities of Kubernetes", () => {
  const valid: Readonly<Record<string, number>> = {
    "2": 2,
    "0.5": 0.5,
    "250m": 0.25,
    "1500m": 1.5,
    "1u": 1e-6,
    "1n": 1e-9,
    "1k": 1e3,
    "3M": 3e6,
    "1G": 1e9,
    "1T": 1e12,
    "1P": 1e15,
    "1E": 1e18,
    "4031440Ki": 4_031_440 * 1024,
    "1.5Mi": 1.5 * 2 ** 20,
    "1Gi": 2 ** 30,
    "1Ti": 2 ** 40,
    "1Pi": 2 ** 50,
    "1Ei": 2 ** 60,
    "1e3": 1000,
    "1.1e3": 1100,
    "1E3": 1000,
    "5e-3": 0.005,
    "2e3Mi": 2000 * 2 ** 20,
    "-1": -1,
    "+1Gi": 2 ** 30,
  };

  it("reads every suffix, exponents and signs", () => {
    for (const [text, number] of Object.entries(valid)) {
      assert.equal(quantity(text), number, text);
      assert.equal(parseQuantity(text), number, text);
    }
  });

  it("reads a missing quantity as 0", () => {
    assert.equal(quantity(undefined), 0);
  });

  it("tells texts that are no quantity", () => {
    assert.equal(quantity("1 GB"), 0);
    assert.equal(quantity("many"), 0);
    assert.ok(Number.isNaN(quantity("1Zi")));
    for (const text of ["", "1 GB", "many", "1Zi", "1.2.3", "1constructor"]) {
      assert.equal(parseQuantity(text), undefined, text);
    }
  });
});
