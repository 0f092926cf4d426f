import assert from "node:assert/strict";
import { toolFinding } from "../../../../../cli/doctor/checks/tool";

describe("doctor: a tool", () => {
  it("is missing, doesn't run, or is there", () => {
    assert.equal(toolFinding("helm", undefined, undefined).state, "fix");
    const located = { file: "/bin/helm", origin: "user" } as const;
    assert.match(toolFinding("helm", located, undefined).found, /doesn't print its version/);
    assert.equal(toolFinding("helm", located, "v3.1.0").state, "ok");
  });
});
