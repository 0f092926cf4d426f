import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { valueOf } from "../../../../cli/preview/registered-resource";
import { mergeInputs } from "../../../../lib/pulumi/merge-inputs";

describe("lib: mergeInputs", () => {
  it("lays objects over objects, and replaces all else", () => {
    const base = { a: { b: 1, c: [1, 2] }, d: "x", e: { f: 1 } };
    const over = { a: { c: [3], g: null }, d: { h: 1 }, e: 5, i: { j: 1 } };
    assert.deepEqual(mergeInputs(base, over), {
      a: { b: 1, c: [3], g: null },
      d: { h: 1 },
      e: 5,
      i: { j: 1 },
    });
    assert.deepEqual(base, { a: { b: 1, c: [1, 2] }, d: "x", e: { f: 1 } });
  });

  it("doesn't look into an output", async () => {
    const output = pulumi.output({ a: 1 });
    assert.equal(mergeInputs({ x: { b: 2 } }, { x: output }) instanceof Object, true);
    assert.deepEqual(await valueOf(mergeInputs({ x: output }, { x: { b: 2 } })), { x: { b: 2 } });
    assert.deepEqual(await valueOf(mergeInputs({ x: { b: 2 } }, { x: output })), { x: { a: 1 } });
  });
});
