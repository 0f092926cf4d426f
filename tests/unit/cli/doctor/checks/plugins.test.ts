import assert from "node:assert/strict";
import { pluginsFinding } from "../../../../../cli/doctor/checks/plugins";

describe("doctor: plugins", () => {
  it("names missing plugins with their versions", () => {
    const versions = { kubernetes: "4.34.2", docker: "5.2.0", random: "4.21.2" };
    const none = { versions, missing: [], standIns: [], pathFolders: [], home: undefined };
    const finding = pluginsFinding({ ...none, missing: ["docker"] });
    assert.equal(finding.found, "missing: docker 5.2.0");
    assert.equal(pluginsFinding({ ...none, home: "/x" }).state, "ok");
  });
  it("says which of them are stand-ins", () => {
    const versions = { kubernetes: "4.34.2", docker: "5.2.0", random: "4.21.2" };
    const found = { versions, missing: [], pathFolders: [], home: "/x" };
    const { state, found: text } = pluginsFinding({ ...found, standIns: ["kubernetes", "random"] });
    assert.equal(state, "note");
    assert.equal(
      text,
      "stand-in for pulumi-resource-kubernetes 4.34.2, pulumi-resource-random 4.21.2: for offline use; official: docker 5.2.0",
    );
  });
});
