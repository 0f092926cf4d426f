import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installedFile } from "../../../../../cli/environment/detect/installed-files";
import { locateTool, pathFolders } from "../../../../../cli/environment/detect/locate-tool";
import { Folder } from "../../../../support/folder";

describe("tools", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });
  const program = (path: string, mode = 0o755) => folder.write(path, "", mode);
  const places = (path: string, built?: string) => ({
    path,
    cache: folder.file("cache"),
    offline: {
      binDirectory: folder.file("offline/bin"),
      tools: { pulumi: built, helm: built, kubectl: built, minikube: built },
    },
  });

  it("on PATH are the user's, and nothing is added to PATH for them", () => {
    const file = program("a/helm");
    const found = locateTool("helm", places(folder.file("a")));
    assert.deepEqual(found, { file, origin: "user" });
    assert.deepEqual(pathFolders({ helm: { file, origin: "user" } }), []);
  });
  it("that this project installed earlier are used without asking anyone", () => {
    const file = installedFile(folder.file("cache"), "helm", process.platform);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "", { mode: 0o755 });
    assert.deepEqual(locateTool("helm", places("")), { file, origin: "release" });
  });
  it("that offline mode built are taken from its folder for PATH", () => {
    const found = locateTool("pulumi", places("", folder.file("offline/made/pulumi")));
    assert.deepEqual(found, {
      file: folder.file("offline/bin/pulumi"),
      origin: "offline",
    });
  });
  it("of ours stay ours when the doctor's lines have put them on PATH", () => {
    const file = program("offline/bin/minikube");
    const found = locateTool("minikube", places(folder.file("offline/bin")));
    assert.deepEqual(found, { file, origin: "offline" });
  });
  it("that are nowhere are missing", () => {
    assert.equal(locateTool("kubectl", places(folder.file("a"))), undefined);
  });
});
