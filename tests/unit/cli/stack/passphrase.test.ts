import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePassphrase, passphraseFile } from "../../../../cli/stack/passphrase";
import { UserError } from "../../../../lib/errors";
import { onFullDisk } from "../../../support/full-disk";

describe("the passphrase", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "passphrase-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is created once, random, and readable to its owner alone", () => {
    const file = passphraseFile(join(folder, "state"));
    assert.equal(ensurePassphrase(file), true);
    const made = readFileSync(file, "utf8");
    assert.match(made, /^[A-Za-z0-9_-]{43}\n$/);
    if (process.platform !== "win32") assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(ensurePassphrase(file), false);
    assert.equal(readFileSync(file, "utf8"), made);
    assert.equal(ensurePassphrase(passphraseFile(join(folder, "other"))), true);
    assert.notEqual(readFileSync(passphraseFile(join(folder, "other")), "utf8"), made);
  });
  it("is never overwritten", () => {
    const file = join(folder, "passphrase");
    writeFileSync(file, "mine\n");
    assert.equal(ensurePassphrase(file), false);
    assert.equal(readFileSync(file, "utf8"), "mine\n");
  });
  it("is refused where its file is empty or cut, and stays as it is", () => {
    const file = join(folder, "passphrase");
    for (const text of ["", "\n", "\0".repeat(44), "x".repeat(20)]) {
      writeFileSync(file, text);
      assert.throws(
        () => ensurePassphrase(file),
        (error) => error instanceof UserError && error.hint.includes("Restore it from a copy"),
      );
      assert.equal(readFileSync(file, "utf8"), text);
    }
  });
  it("isn't created on a full disk: no empty file is left that later runs would use", async function () {
    await onFullDisk(this, (disk) => {
      const file = join(disk.path, "passphrase");
      disk.fill();
      assert.throws(() => ensurePassphrase(file), /its disk is full/);
      assert.ok(!existsSync(file));
    });
  });
});
