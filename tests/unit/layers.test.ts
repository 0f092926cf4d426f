import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../lib/process/run";
import { Folder } from "../support/folder";
import { ROOT } from "../support/stacks";

const CONFIG = ".dependency-cruiser.mjs";

describe("the layer check", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
    copyFileSync(path.join(ROOT, CONFIG), folder.file(CONFIG));
    folder.write("tsconfig.json", "{}");
    folder.write("lib/errors.ts", "export const a = 1;\n");
  });
  afterEach(() => {
    folder.remove();
  });

  /** Runs dependency-cruiser on a tree of one planted file, next to lib/errors.ts. */
  async function check(file: string, text: string): Promise<{ code?: number; stdout: string }> {
    folder.write(file, text);
    const program = path.join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
    const rooms = [...new Set(["lib", file.split("/")[0] ?? ""])];
    const { code, stdout } = await run(process.execPath, [program, "--config", CONFIG, ...rooms], {
      cwd: folder.path,
    });
    return { ...(code !== undefined && { code }), stdout };
  }

  it("accepts an import of a lower layer", async () => {
    const { code, stdout } = await check("cli/up.ts", 'import "../lib/errors";\n');
    assert.equal(code, 0, stdout);
  });

  const violations: readonly [rule: string, file: string, text: string][] = [
    ["layer-lib", "lib/up.ts", 'import "../settings/index";\n'],
    ["layer-offline", "offline/index.ts", 'import "../settings/index";\n'],
    ["one-door-to-offline", "cli/commands/up.ts", 'void import("../../offline/index");\n'],
    ["not-to-leaves", "lib/up.ts", 'import "../tests/support";\n'],
    ["not-to-other-packages-tests", "bench/up.ts", 'import "../docker/backend/tests/a";\n'],
    ["declared-packages", "lib/up.ts", 'import "undeclared";\n'],
    ["no-circular", "lib/loop.ts", 'import "./loop2";\n'],
    ["no-circular", "lib/loop.ts", 'import type { A } from "./loop2";\nexport type B = A;\n'],
  ];
  for (const [rule, file, text] of violations) {
    it(`refuses ${text.split("\n")[0] ?? ""} in ${file} (${rule})`, async () => {
      folder.write("settings/index.ts", "export {};\n");
      folder.write("tests/support.ts", "export {};\n");
      folder.write("docker/backend/tests/a.ts", "export {};\n");
      folder.write("node_modules/undeclared/index.js", "");
      folder.write("node_modules/undeclared/package.json", "{}");
      folder.write("package.json", "{}");
      if (!file.startsWith("offline")) folder.write("offline/index.ts", "export {};\n");
      folder.write("lib/loop2.ts", 'import type { B } from "./loop";\nexport type A = B;\n');
      if (!file.endsWith("loop.ts")) folder.write("lib/loop.ts", "export type B = number;\n");
      const { code, stdout } = await check(file, text);
      assert.notEqual(code, 0);
      assert.match(stdout, new RegExp(`error ${rule}: `));
    });
  }
});
