import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ensurePlugins } from "../../../offline/plugins";
import { inFreshCache, recorder } from "./support";

const versions = { kubernetes: "4.0.0", docker: "5.0.0", random: "6.0.0" };

describe("the plugins of the sandbox", () => {
  it("are launchers where the engine looks for the asked versions", () =>
    inFreshCache(async (home) => {
      await ensurePlugins(home, versions, recorder());
      const file = join(home, "plugins/resource-kubernetes-v4.0.0/pulumi-resource-kubernetes");
      assert.equal(statSync(file).mode & 0o111, 0o111);
      const again = recorder();
      await ensurePlugins(home, versions, again);
      assert.deepEqual(again.lines, []);
    }));

  it("run the copy of the folder that they are started in, and say so where there is none", () =>
    inFreshCache(async (home) => {
      await ensurePlugins(home, versions, recorder());
      const file = join(home, "plugins/resource-random-v6.0.0/pulumi-resource-random");
      const elsewhere = spawnSync(file, { cwd: home, encoding: "utf8" });
      assert.equal(elsewhere.status, 1);
      assert.match(
        elsewhere.stderr,
        /no provider-stand-ins\/random\/main\.ts in .*Run pulumi in its/,
      );

      // A plugin's first words are the port that it listens on.
      const plugin = spawn(file, { cwd: process.cwd(), stdio: ["ignore", "pipe", "inherit"] });
      const [port] = (await once(plugin.stdout, "data")) as [Buffer];
      plugin.kill();
      assert.match(port.toString(), /^\d+\n$/);
    }));

  it("stand back for an official one, and are mended when they are outdated", () =>
    inFreshCache(async (home) => {
      const place = (name: string, version: string) => {
        const directory = join(home, "plugins", `resource-${name}-v${version}`);
        mkdirSync(directory, { recursive: true });
        return join(directory, `pulumi-resource-${name}`);
      };
      const official = place("docker", "5.0.0");
      writeFileSync(official, "\x7fELF official");
      await ensurePlugins(home, versions, recorder());
      const ours = place("random", "6.0.0");
      const right = readFileSync(ours, "utf8");
      writeFileSync(ours, right.replace(/exec .*/, "exec /moved/away"));

      const progress = recorder();
      await ensurePlugins(home, versions, progress);
      assert.equal(readFileSync(official, "utf8"), "\x7fELF official");
      assert.equal(readFileSync(ours, "utf8"), right);
      assert.match(progress.lines.join("\n"), /docker 5\.0\.0: the official one/);
      assert.match(progress.lines.join("\n"), /random 6\.0\.0: the sandbox's stand-in/);
    }));
});
