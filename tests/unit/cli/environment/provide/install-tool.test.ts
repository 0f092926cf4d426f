import assert from "node:assert/strict";
import { join } from "node:path";
import { installerVariables } from "../../../../../cli/environment/provide/install-tool";
import { toolVersions } from "../../../../../lib/versions";

describe("the installer of Pulumi's npm package", () => {
  it("gets this project's version and folder, whatever PULUMI_VERSION and PULUMI_HOME say", () => {
    const user = { PULUMI_VERSION: "3.100.0", PULUMI_HOME: "/home/me/.pulumi", PATH: "/bin" };
    assert.deepEqual(installerVariables("/cache", user), {
      PATH: "/bin",
      PULUMI_HOME: join("/cache", "pulumi"),
      PULUMI_VERSION: toolVersions.pulumi,
    });
  });
});
