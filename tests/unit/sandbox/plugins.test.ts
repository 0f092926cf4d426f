import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ensurePlugins } from "../../../sandbox/plugins";
import { inFreshCache, recorder } from "./support";

const versions = { kubernetes: "4.0.0", docker: "5.0.0", random: "6.0.0" };

describe("the plugins of the sandbox", () => {
  it("are launchers where the engine looks for the asked versions", () =>
    inFreshCache(async (home) => {
      await ensurePlugins(home, versions, recorder());
      const file = join(home, "plugins/resource-kubernetes-v4.0.0/pulumi-resource-kubernetes");
      assert.equal(statSync(file).mode & 0o111, 0o111);
      const [, main] =
        /(\S+sandbox\/plugins\/kubernetes\/main\.ts) "\$@"/.exec(readFileSync(file, "utf8")) ?? [];
      assert.ok(existsSync(main ?? ""), main);
      const again = recorder();
      await ensurePlugins(home, versions, again);
      assert.deepEqual(again.lines, []);
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
