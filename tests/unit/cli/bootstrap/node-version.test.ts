import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { MINIMUM_NODE, nodeProblem } from "../../../../cli/bootstrap/node-version.mjs";

describe("the version of Node.js", () => {
  for (const version of ["20.19.0", "20.20.1", "22.0.0", "24.21.0"]) {
    it(`${version} will do`, () => {
      assert.equal(nodeProblem(version), undefined);
    });
  }
  for (const version of ["18.20.0", "20.18.9", "4.2.0"]) {
    it(`${version} is too old, and the message says what is needed`, () => {
      assert.match(nodeProblem(version) ?? "", new RegExp(`${version}; ${MINIMUM_NODE}`));
    });
  }
  it("is the one in package.json", () => {
    const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as {
      engines: { node: string };
    };
    assert.equal(`${engines.node}.0`, `>=${MINIMUM_NODE}`);
  });
});
