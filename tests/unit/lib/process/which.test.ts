import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { delimiter } from "node:path";
import { pathOf, which } from "../../../../lib/process/which";
import { Folder } from "../../../support/folder";

describe("programs", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });
  const program = (path: string, mode = 0o755) => folder.write(path, "", mode);

  it("are found on PATH in its order", () => {
    const first = program("a/helm");
    program("b/helm");
    const path = ["", folder.file("none"), folder.file("a"), folder.file("b")].join(delimiter);
    assert.equal(which("helm", path, "linux"), first);
  });
  it("aren't folders, nor files that can't be run", () => {
    mkdirSync(folder.file("a/helm"), { recursive: true });
    program("b/helm", 0o644);
    const path = [folder.file("a"), folder.file("b")].join(delimiter);
    assert.equal(which("helm", path, "linux"), undefined);
  });
  it("are real programs on Windows", () => {
    program("a/helm.cmd");
    const exe = program("b/helm.exe");
    const path = [folder.file("a"), folder.file("b")].join(delimiter);
    assert.equal(which("helm", path, "win32"), exe);
  });
  it("come from PATH whatever Windows calls it", () => {
    assert.equal(pathOf({ Path: "C:\\x" }), "C:\\x");
  });
});
