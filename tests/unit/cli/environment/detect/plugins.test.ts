import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { missingPlugins, pluginVersions } from "../../../../../cli/environment/detect/plugins";

describe("plugins", () => {
  it("are those of the installed packages, in exactly their versions", () => {
    const versions = pluginVersions(process.cwd());
    for (const version of Object.values(versions)) assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.deepEqual(Object.keys(versions), ["kubernetes", "docker", "random"]);
  });
  it("count as missing in another version, and half-installed", () => {
    const home = mkdtempSync(join(tmpdir(), "plugins-"));
    const versions = { kubernetes: "4.0.0", docker: "5.0.0", random: "4.1.0" };
    const folder = (name: string) => join(home, "plugins", name);
    mkdirSync(folder("resource-kubernetes-v4.0.0"), { recursive: true });
    mkdirSync(folder("resource-docker-v4.9.0"));
    mkdirSync(folder("resource-random-v4.1.0"));
    writeFileSync(folder("resource-random-v4.1.0.partial"), "");
    assert.deepEqual(missingPlugins(home, versions), ["docker", "random"]);
    rmSync(home, { recursive: true });
  });
});
