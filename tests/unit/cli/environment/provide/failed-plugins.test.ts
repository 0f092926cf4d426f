import assert from "node:assert/strict";
import { FailedPlugins } from "../../../../../cli/environment/provide/failed-plugins";
import { Folder } from "../../../../support/folder";

const HOUR_MS = 3_600_000;

describe("plugins that couldn't be installed", () => {
  let folder: Folder;
  let failed: FailedPlugins;
  beforeEach(() => {
    folder = new Folder();
    failed = new FailedPlugins(folder.file("cache"));
  });
  afterEach(() => {
    folder.remove();
  });

  it("are remembered for a day, each in its version", () => {
    const then = Date.parse("2026-01-01T00:00:00Z");
    failed.add("docker", "1.0.0", then);
    failed.add("random", "1.0.0", then + HOUR_MS);
    assert.equal(failed.has("docker", "1.0.0", then + 23 * HOUR_MS), true);
    assert.equal(failed.has("docker", "1.0.1", then + 23 * HOUR_MS), false);
    assert.equal(failed.has("docker", "1.0.0", then + 24 * HOUR_MS), false);
    assert.equal(failed.has("random", "1.0.0", then + 24 * HOUR_MS), true);
  });

  it("are tried again where the clock was set back, or the file can't be parsed", () => {
    failed.add("docker", "1.0.0");
    assert.equal(failed.has("docker", "1.0.0", Date.now() - HOUR_MS), false);
    folder.write("cache/failed-plugins.json", '{"docker 1.0.0": ');
    assert.equal(failed.has("docker", "1.0.0"), false);
    failed.add("docker", "1.0.0");
    assert.equal(failed.has("docker", "1.0.0"), true);
  });
});
