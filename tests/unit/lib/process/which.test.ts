import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathOf, which } from "../../../../lib/process/which";

describe("programs", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "tools-")));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const program = (path: string, mode = 0o755) => {
    const file = join(folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "");
    chmodSync(file, mode);
    return file;
  };

  it("are found on PATH in its order", () => {
    const first = program("a/helm");
    program("b/helm");
    const path = ["", join(folder, "none"), join(folder, "a"), join(folder, "b")].join(delimiter);
    assert.equal(which("helm", path, "linux"), first);
  });
  it("aren't folders, nor files that can't be run", () => {
    mkdirSync(join(folder, "a", "helm"), { recursive: true });
    program("b/helm", 0o644);
    const path = [join(folder, "a"), join(folder, "b")].join(delimiter);
    assert.equal(which("helm", path, "linux"), undefined);
  });
  it("are real programs on Windows", () => {
    program("a/helm.cmd");
    const exe = program("b/helm.exe");
    const path = [join(folder, "a"), join(folder, "b")].join(delimiter);
    assert.equal(which("helm", path, "win32"), exe);
  });
  it("come from PATH whatever Windows calls it", () => {
    assert.equal(pathOf({ Path: "C:\\x" }), "C:\\x");
  });
});
