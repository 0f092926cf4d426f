import assert from "node:assert/strict";
import { dirname } from "node:path";
import { pluginVersions } from "../../../../../cli/environment/detect/plugins";
import { PluginHomes } from "../../../../support/plugin-homes";

describe("plugins", () => {
  let homes: PluginHomes;
  beforeEach(() => (homes = new PluginHomes()));
  afterEach(() => {
    homes.remove();
  });

  it("are those of the installed packages, in exactly their versions", () => {
    const versions = pluginVersions(process.cwd());
    for (const version of Object.values(versions)) assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.deepEqual(Object.keys(versions), ["kubernetes", "docker", "random"]);
  });

  it("count as missing in another version, and half-installed", () => {
    homes.addOfficial(homes.theirs, "kubernetes", "random");
    homes.write("home/plugins/resource-docker-v4.9.0/pulumi-resource-docker", "official");
    homes.write("home/plugins/resource-random-v0.0.1.partial", "");
    assert.deepEqual(homes.find().missing, ["docker", "random"]);
  });

  it("are the user's where PULUMI_HOME is set, also for this project's CLI", () => {
    for (const origin of ["user", "offline"] as const) {
      assert.equal(homes.find(homes.env, origin).home, undefined);
    }
    assert.equal(homes.find({ PULUMI_HOME: homes.ours }, "user").home, homes.ours);
    assert.equal(homes.find({}, "offline").home, homes.ours);
    assert.equal(homes.find({}, "user").home, undefined);
  });

  it("are a mixed set: official ones where they are, stand-ins for the others on PATH", () => {
    homes.addOfficial(homes.theirs, "kubernetes");
    homes.addOfficial(homes.ours, "docker");
    homes.addStandIns(homes.ours, "kubernetes", "random");
    const { missing, standIns, pathFolders, home } = homes.find();
    assert.deepEqual(
      { missing, standIns, home },
      { missing: [], standIns: ["random"], home: undefined },
    );
    const expected = ["docker", "random"].map((name) => homes.folderOf(homes.ours, name));
    assert.deepEqual(pathFolders, expected);
  });

  it("need nothing on PATH where they are in PULUMI_HOME", () => {
    homes.addStandIns(homes.ours, "kubernetes", "docker", "random");
    const { missing, standIns, pathFolders } = homes.find({}, "offline");
    assert.deepEqual({ missing, pathFolders }, { missing: [], pathFolders: [] });
    assert.deepEqual(standIns, ["kubernetes", "docker", "random"]);
  });

  it("are the user's own on PATH, as Pulumi finds them, and a stand-in there isn't one", () => {
    homes.addOfficial(homes.theirs, "kubernetes", "random");
    const own = dirname(homes.write("own/pulumi-resource-docker", "official", 0o755));
    const env = { ...homes.env, PATH: own };
    assert.deepEqual(homes.find(env).missing, []);
    const forbidden = { ...env, PULUMI_IGNORE_AMBIENT_PLUGINS: "true" };
    assert.deepEqual(homes.find(forbidden).missing, ["docker"]);
    homes.addStandIns(homes.ours, "docker");
    const standIn = { ...env, PATH: homes.folderOf(homes.ours, "docker") };
    assert.deepEqual(homes.find(standIn).standIns, ["docker"]);
  });
});
