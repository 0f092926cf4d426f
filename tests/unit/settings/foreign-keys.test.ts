import assert from "node:assert/strict";
import { foreignKeys, splitKey } from "../../../settings";

describe("keys of other projects", () => {
  it("are refused where they name a setting, as after a renamed project", () => {
    const keys = ["old:backend", "old:config:context", "new:backend", "kubernetes:context"];
    assert.deepEqual(
      foreignKeys(keys, "new").problems.map(({ key, expected }) => [key, expected]),
      [
        ["old:backend", "new:backend"],
        ["old:config:context", "new:context"],
      ],
    );
  });
  it("are named where nobody reads them", () => {
    assert.deepEqual(foreignKeys(["aws:region", "docker:host"], "new"), {
      problems: [],
      unknown: ["aws:region"],
    });
  });
  it("are split at the prefix, in the older form too", () => {
    assert.deepEqual(splitKey("shop:config:name"), { prefix: "shop", name: "name" });
    assert.deepEqual(splitKey("name"), { prefix: undefined, name: "name" });
  });
});
