import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { UserError } from "../../../../lib/errors";
import { writeWhole } from "../../../../lib/files/write-whole";
import { Folder } from "../../../support/folder";
import { onFullDisk } from "../../../support/full-disk";

describe("writing a file whole", () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => {
    folder.remove();
  });

  it("replaces the content, keeps the permissions, and leaves nothing further in the folder", () => {
    writeWhole(folder.file("a"), "one", { mode: 0o600 });
    writeWhole(folder.file("a"), "two");
    assert.equal(readFileSync(folder.file("a"), "utf8"), "two");
    if (process.platform !== "win32") assert.equal(statSync(folder.file("a")).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder.path), ["a"]);
  });

  it("refuses to replace a file where it must be new", () => {
    writeFileSync(folder.file("a"), "mine");
    assert.throws(() => {
      writeWhole(folder.file("a"), "other", { exclusive: true });
    }, /exists/);
    assert.equal(readFileSync(folder.file("a"), "utf8"), "mine");
    assert.deepEqual(readdirSync(folder.path), ["a"]);
  });

  it("keeps a link, and writes to what is no file", function () {
    if (process.platform === "win32") this.skip();
    writeFileSync(folder.file("real"), "one");
    symlinkSync(folder.file("real"), folder.file("link"));
    writeWhole(folder.file("link"), "two");
    assert.equal(readFileSync(folder.file("real"), "utf8"), "two");
    writeWhole("/dev/null", "text");
    assert.ok(statSync("/dev/null").isCharacterDevice());
  });

  it("leaves the old content on a full disk, and says so", async function () {
    await onFullDisk(this, (disk) => {
      const file = `${disk.path}/a`;
      writeWhole(file, "old");
      disk.fill();
      const full = (error: unknown) =>
        error instanceof UserError && error.message.includes("its disk is full");
      assert.throws(() => {
        writeWhole(file, "new".repeat(5000));
      }, full);
      assert.equal(readFileSync(file, "utf8"), "old");
      assert.throws(() => {
        writeWhole(`${disk.path}/b`, "new", { exclusive: true });
      }, full);
      const left = execFileSync("ls", ["-A", disk.path], { encoding: "utf8" });
      assert.equal(left, "a\nfilling\n");
    });
  });
});
