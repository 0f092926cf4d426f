import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Origin } from "../../../../../cli/environment/detect/locate-tool";
import { refuseOldPulumi } from "../../../../../cli/environment/detect/pulumi-version";
import { MINIMUM_PULUMI_VERSION } from "../../../../../lib/versions";
import { Folder } from "../../../../support/folder";

describe("the oldest Pulumi", () => {
  const folder = new Folder();
  after(() => {
    folder.remove();
  });
  const look = (version: string, origin: Origin = "user") => {
    const file = folder.write(`pulumi-${version}`, `#!/bin/sh\necho v${version}\n`, 0o755);
    return refuseOldPulumi({ file, origin }, process.env);
  };

  it("is the one that Pulumi.yaml asks for", () => {
    const project = parse(readFileSync("Pulumi.yaml", "utf8")) as { requiredPulumiVersion: string };
    assert.equal(project.requiredPulumiVersion, `>=${MINIMUM_PULUMI_VERSION}`);
  });

  it("and later ones are used", async () => {
    for (const version of [MINIMUM_PULUMI_VERSION, "3.1000.0", "4.0.0"]) await look(version);
  });

  it("is reported where the user's own is older, with a hint", async () => {
    await assert.rejects(look("3.99.1"), (error: Error & { hint?: string }) => {
      assert.match(error.message, /pulumi-3\.99\.1 is Pulumi 3\.99\.1.* needs 3\.207\.0 or later/);
      assert.match(error.hint ?? "", /Update it .*, or remove it from PATH/);
      return true;
    });
  });

  it("doesn't matter where there is none, or it is this project's own", async () => {
    await refuseOldPulumi(undefined, process.env);
    await look("3.99.1", "release");
  });
});
