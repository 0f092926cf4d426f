import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { commands } from "../../../cli/dispatch";
import { ensureCheckers, missingGo } from "../../checkers";
import { root } from "../support/stacks";

const folder = join(root, ".github", "workflows");
const files = readdirSync(folder);

describe("workflows", () => {
  it("are clean by actionlint", async function () {
    this.timeout(300_000);
    const reason = missingGo();
    if (reason !== undefined) {
      assert.ok(process.env.CI === undefined, reason);
      console.log(`      skipped: ${reason}`);
      this.skip();
    }
    const { actionlint } = await ensureCheckers(["actionlint"]);
    execFileSync(
      actionlint,
      files.map((file) => join(folder, file)),
      { stdio: "inherit" },
    );
  });

  for (const file of files) {
    const text = readFileSync(join(folder, file), "utf8");

    it(`${file} pins its actions by commit, and may do no more than it needs`, () => {
      for (const [, action = ""] of text.matchAll(/uses: (.*)/g)) {
        assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      }
      const { permissions } = parse(text) as { permissions: unknown };
      assert.deepEqual(permissions, { contents: "read" });
    });

    it(`${file} runs commands that there are`, () => {
      const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
        scripts: Record<string, string>;
      };
      const called = [...text.matchAll(/npm (?:run (?:--silent )?)?([a-z:]+)/g)];
      assert.ok(called.length > 0);
      for (const [, name = ""] of called) {
        assert.ok(name in scripts, name);
        assert.ok(name === "test" || name in commands, name);
      }
    });
  }
});
