import assert from "node:assert/strict";
import { diffProperties, formatPath } from "../../../../provider-stand-ins/protocol/property-diff";
import { UNKNOWN } from "../../../../provider-stand-ins/protocol/values";

describe("stand-ins: differences of properties", () => {
  it("names each difference by its path", () => {
    const changes = diffProperties(
      { a: [{ x: 1 }, { x: 2 }], gone: true, same: null, labels: { "app.io/x": "1" } },
      { a: [{ x: 1, y: 0 }, { x: 3 }, {}], late: UNKNOWN, labels: { "app.io/x": "2" } },
      { forcesReplace: ([first]) => first === "labels" },
    );
    assert.deepEqual(changes, {
      "a[0].y": { kind: "add", replace: false },
      "a[1].x": { kind: "update", replace: false },
      "a[2]": { kind: "add", replace: false },
      gone: { kind: "delete", replace: false },
      late: { kind: "add", replace: false },
      'labels["app.io/x"]': { kind: "update", replace: true },
    });
    assert.equal(formatPath(["a", 0, 'b"c']), 'a[0]["b\\"c"]');
  });
});
