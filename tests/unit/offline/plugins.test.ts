import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensurePlugins } from "../../../offline/plugins";
import { inFreshCache, recorder } from "../../support/offline/fresh-cache";

const versions = { kubernetes: "4.0.0", docker: "5.0.0", random: "6.0.0" };

describe("the stand-in plugins", () => {
  it("have launchers where the engine looks for the requested versions", () =>
    inFreshCache(async (home) => {
      await ensurePlugins(home, versions, recorder());
      const file = join(home, "plugins/resource-kubernetes-v4.0.0/pulumi-resource-kubernetes");
      assert.equal(statSync(file).mode & 0o111, 0o111);
      const again = recorder();
      await ensurePlugins(home, versions, again);
      assert.deepEqual(again.lines, []);
    }));

  it("run the sources of the folder that they are started in, and report where there are none", () =>
    inFreshCache(async (home) => {
      await ensurePlugins(home, versions, recorder());
      const file = join(home, "plugins/resource-random-v6.0.0/pulumi-resource-random");
      const outside = spawnSync(file, { cwd: home, encoding: "utf8" });
      assert.equal(outside.status, 1);
      assert.match(
        outside.stderr,
        /no provider-stand-ins\/random\/main\.ts in .*Run pulumi in its/,
      );

      // A plugin prints the port that it listens on.
      const plugin = spawn(file, { cwd: process.cwd(), stdio: ["ignore", "pipe", "inherit"] });
      const [port] = (await once(plugin.stdout, "data")) as [Buffer];
      plugin.kill();
      assert.match(port.toString(), /^\d+\n$/);
    }));

  it("leave an official plugin alone, and are replaced when they are outdated", () =>
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
      assert.match(progress.lines.join("\n"), /random 6\.0\.0: offline mode's stand-in/);
    }));

  it("replace the launchers of earlier versions", () =>
    inFreshCache(async (home) => {
      const directory = join(home, "plugins", "resource-random-v6.0.0");
      mkdirSync(directory, { recursive: true });
      const file = join(directory, "pulumi-resource-random");
      writeFileSync(file, "#!/bin/sh\n# todo-chatbot sandbox: stand-in plugin\nexec /former\n");

      const progress = recorder();
      await ensurePlugins(home, versions, progress);
      assert.match(readFileSync(file, "utf8"), /\n# todo-chatbot offline: stand-in plugin\n/);
      assert.match(progress.lines.join("\n"), /random 6\.0\.0: offline mode's stand-in/);
    }));
});
