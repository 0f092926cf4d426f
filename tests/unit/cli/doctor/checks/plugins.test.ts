import assert from "node:assert/strict";
import { pluginsFinding } from "../../../../../cli/doctor/checks/plugins";

describe("doctor: plugins", () => {
  it("names missing plugins with their versions", () => {
    const versions = { kubernetes: "4.34.2", docker: "5.2.0", random: "4.21.2" };
    const finding = pluginsFinding({ versions, missing: ["docker"], home: undefined });
    assert.equal(finding.found, "missing: docker 5.2.0");
    assert.equal(pluginsFinding({ versions, missing: [], home: "/x" }).state, "ok");
  });
});
