import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Steps } from "../../../../../cli/environment/decide/decide";
import { ensurePlugins } from "../../../../../cli/environment/provide/plugins";
import { isStandIn } from "../../../../../offline/plugins";
import { PluginHomes } from "../../../../support/plugin-homes";

/** Installs as the CLI does: into PULUMI_HOME, and nothing where the plugin's folder is there already. */
const INSTALLER = `#!/bin/sh
echo "$4" >> "$(dirname "$0")/tries"
[ -e "$(dirname "$0")/ours" ] && ls "$(cat "$(dirname "$0")/ours")/plugins" >> "$(dirname "$0")/meanwhile"
[ "$1 $2 $3" = "plugin install resource" ] || exit 64
[ -e "$(dirname "$0")/no-$4" ] && { echo "error: 403 HTTP error fetching plugin" >&2; exit 255; }
folder=$PULUMI_HOME/plugins/resource-$4-v$5
[ -d "$folder" ] && exit 0
mkdir -p "$folder" && echo official > "$folder/pulumi-resource-$4"
`;

describe("the plugins that are provided", () => {
  let homes: PluginHomes;
  let notes: string[];
  beforeEach(() => {
    homes = new PluginHomes();
    homes.write("pulumi", INSTALLER, 0o755);
    notes = [];
  });
  afterEach(() => {
    homes.remove();
  });

  const provide = (step: Steps["plugins"], env: NodeJS.ProcessEnv, origin: "user" | "offline") =>
    ensurePlugins(
      {
        root: homes.path,
        tools: { pulumi: { file: homes.file("pulumi"), origin } },
        plugins: homes.find(env, origin),
        directories: { cache: homes.cache, state: homes.file("state"), home: homes.path },
        offline: { binDirectory: "", tools: {} as never, unsupported: undefined },
        env: { PATH: process.env.PATH, ...env },
      },
      step,
      homes.file("pulumi"),
      env,
      { step: (_, work) => work(), note: (text) => notes.push(text) },
    );

  it("are stand-ins for those that the user lacks, in this project's folder, and named as such", async () => {
    homes.addOfficial(homes.theirs, "kubernetes", "random");
    const { standIns, pathFolders } = await provide("offline", homes.env, "user");
    assert.deepEqual(standIns, ["docker"]);
    assert.deepEqual(pathFolders, [homes.folderOf(homes.ours, "docker")]);
    assert.ok(!existsSync(homes.folderOf(homes.theirs, "docker")));
    assert.ok(notes.includes("stand-in for pulumi-resource-docker 0.0.1: for offline use"));
  });

  for (const [whose, origin] of [
    ["this project's", "offline"],
    ["the user's", "user"],
  ] as const) {
    it(`are official ones in place of stand-ins as soon as they can be installed, in ${whose} PULUMI_HOME`, async () => {
      homes.addStandIns(homes.ours, "kubernetes", "docker", "random");
      const env = origin === "user" ? homes.env : { PULUMI_HOME: homes.ours };
      const { standIns, pathFolders } = await provide("install", env, origin);
      assert.deepEqual({ standIns, pathFolders }, { standIns: [], pathFolders: [] });
      const home = origin === "user" ? homes.theirs : homes.ours;
      assert.ok(!isStandIn(homes.folderOf(home, "random")));
      assert.deepEqual(notes, []);
    });
  }

  it("stay stand-ins where the official ones can't be installed after all", async () => {
    homes.addStandIns(homes.ours, "kubernetes", "docker", "random");
    homes.write("no-docker", "");
    const { standIns } = await provide("install", { PULUMI_HOME: homes.ours }, "offline");
    assert.deepEqual(standIns, ["docker"]);
    assert.match(notes.join("\n"), /official plugin docker couldn't be installed: .*403/);
    assert.match(notes.join("\n"), /stand-in for pulumi-resource-docker/);
  });

  it("stay stand-ins until the official ones are complete, and leave nothing of the installation", async () => {
    homes.addOfficial(homes.ours, "kubernetes", "random");
    homes.addStandIns(homes.ours, "docker");
    homes.write("ours", homes.ours);
    await provide("install", { PULUMI_HOME: homes.ours }, "offline");
    assert.match(readFileSync(homes.file("meanwhile"), "utf8"), /resource-docker-v/);
    assert.ok(!isStandIn(homes.folderOf(homes.ours, "docker")));
    assert.deepEqual(readdirSync(homes.cache), ["pulumi"]);
    assert.equal(readdirSync(join(homes.ours, "plugins")).length, 3);
  });

  for (const [whose, origin] of [
    ["this project's", "offline"],
    ["the user's", "user"],
  ] as const) {
    it(`aren't tried again for a day after a failure, unless the file is deleted, in ${whose} PULUMI_HOME`, async () => {
      homes.addStandIns(homes.ours, "kubernetes", "docker", "random");
      homes.write("no-docker", "");
      const env = origin === "user" ? homes.env : { PULUMI_HOME: homes.ours };
      const tries = () => readFileSync(homes.file("tries"), "utf8").trim().split("\n").sort();
      await provide("install", env, origin);
      const failed = homes.file("cache/failed-plugins.json");
      assert.ok(notes.join("\n").includes(`delete ${failed}`), notes.join("\n"));
      assert.deepEqual(tries(), ["docker", "kubernetes", "random"]);
      notes = [];
      await provide("install", env, origin);
      assert.deepEqual(tries(), ["docker", "kubernetes", "random"]);
      assert.match(
        notes.join("\n"),
        /docker.* failed within the last day.*delete .*failed-plugins/,
      );
      rmSync(failed);
      rmSync(homes.file("no-docker"));
      const { standIns } = await provide("install", env, origin);
      assert.deepEqual(standIns, []);
      assert.deepEqual(tries(), ["docker", "docker", "kubernetes", "random"]);
    });
  }
});
