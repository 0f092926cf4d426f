import assert from "node:assert/strict";
import { duration } from "../../../../lib/progress/duration";

describe("a duration for people", () => {
  for (const [milliseconds, text] of [
    [0, "0.0 s"],
    [9940, "9.9 s"],
    [9990, "10 s"],
    [59_400, "59 s"],
    [59_600, "1 min 00 s"],
    [185_000, "3 min 05 s"],
  ] as const) {
    it(`${milliseconds} ms is ${text}`, () => {
      assert.equal(duration(milliseconds), text);
    });
  }
});
