import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installedFile } from "../../../../../cli/environment/detect/installed-files";
import { locateTool, pathFolders } from "../../../../../cli/environment/detect/locate-tool";

describe("tools", () => {
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
  const places = (path: string, built?: string) => ({
    path,
    cache: join(folder, "cache"),
    offline: {
      binDirectory: join(folder, "offline", "bin"),
      tools: { pulumi: built, helm: built, kubectl: built, minikube: built },
    },
  });

  it("on PATH are the user's, and nothing is added to PATH for them", () => {
    const file = program("a/helm");
    const found = locateTool("helm", places(join(folder, "a")));
    assert.deepEqual(found, { file, origin: "user" });
    assert.deepEqual(pathFolders({ helm: { file, origin: "user" } }), []);
  });
  it("that this project installed earlier are used without asking anyone", () => {
    const file = installedFile(join(folder, "cache"), "helm", process.platform);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "", { mode: 0o755 });
    assert.deepEqual(locateTool("helm", places("")), { file, origin: "release" });
  });
  it("that offline mode built are taken from its folder for PATH", () => {
    const found = locateTool("pulumi", places("", join(folder, "offline", "made", "pulumi")));
    assert.deepEqual(found, {
      file: join(folder, "offline", "bin", "pulumi"),
      origin: "offline",
    });
  });
  it("of ours stay ours when the doctor's lines have put them on PATH", () => {
    const file = program("offline/bin/minikube");
    const found = locateTool("minikube", places(join(folder, "offline", "bin")));
    assert.deepEqual(found, { file, origin: "offline" });
  });
  it("that are nowhere are missing", () => {
    assert.equal(locateTool("kubectl", places(join(folder, "a"))), undefined);
  });
});
