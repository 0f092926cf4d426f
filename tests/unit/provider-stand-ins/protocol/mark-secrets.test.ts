import assert from "node:assert/strict";
import { markSecrets } from "../../../../provider-stand-ins/protocol/mark-secrets";
import { Secret } from "../../../../provider-stand-ins/protocol/values";

describe("stand-ins: secret outputs", () => {
  it("marks outputs like their inputs: objects by property, lists as a whole", () => {
    const marked = markSecrets(
      { open: "1", inner: { hidden: "2", open: "3" }, list: ["4", "5"] },
      { inner: { hidden: new Secret("2"), open: "3" }, list: ["4", new Secret("5")] },
    );
    assert.deepEqual(marked, {
      open: "1",
      inner: { hidden: new Secret("2"), open: "3" },
      list: new Secret(["4", "5"]),
    });
  });
});
