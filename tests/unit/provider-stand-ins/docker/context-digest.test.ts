import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contextDigest } from "../../../../provider-stand-ins/docker/context-digest";

describe("stand-in docker: digest of the build context", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "context-"));
    writeFileSync(join(folder, "Dockerfile"), "FROM scratch\n", { mode: 0o644 });
    writeFileSync(join(folder, "a.txt"), "a", { mode: 0o644 });
    mkdirSync(join(folder, "sub"));
    writeFileSync(join(folder, "sub", "b.txt"), "b", { mode: 0o644 });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const digest = (): string => contextDigest(folder, join(folder, "Dockerfile"));

  it("is computed as in the official plugin", () => {
    const sha = (content: string): Buffer => createHash("sha256").update(content).digest();
    const zero = Buffer.of(0);
    const parts = [
      ["Dockerfile", "----------", "FROM scratch\n"],
      ["Dockerfile", "-rw-r--r--", "FROM scratch\n"],
      ["a.txt", "-rw-r--r--", "a"],
      ["sub/b.txt", "-rw-r--r--", "b"],
    ].flatMap(([name = "", mode = "", content = ""]) => [
      Buffer.from(name + mode),
      sha(content),
      zero,
    ]);
    const expected = createHash("sha256").update(Buffer.concat(parts)).digest("hex");
    assert.equal(digest(), expected);
  });

  it("changes with contents, names, modes and links", () => {
    const digests = [digest()];
    writeFileSync(join(folder, "a.txt"), "A");
    digests.push(digest());
    chmodSync(join(folder, "a.txt"), 0o755);
    digests.push(digest());
    symlinkSync("a.txt", join(folder, "link"));
    digests.push(digest());
    writeFileSync(join(folder, "Dockerfile"), "FROM other\n");
    digests.push(digest());
    assert.equal(new Set(digests).size, digests.length);
  });

  it("follows .dockerignore and its exceptions", () => {
    writeFileSync(join(folder, ".dockerignore"), "sub\n*.log\n");
    const before = digest();
    writeFileSync(join(folder, "sub", "b.txt"), "changed");
    writeFileSync(join(folder, "x.log"), "changed");
    assert.equal(digest(), before);
    writeFileSync(join(folder, ".dockerignore"), "sub/*\n!sub/b.txt\n*.log\n");
    const excepted = digest();
    writeFileSync(join(folder, "sub", "b.txt"), "changed again");
    assert.notEqual(digest(), excepted);
    writeFileSync(join(folder, "Dockerfile.dockerignore"), "**\n");
    const nothing = digest();
    writeFileSync(join(folder, "a.txt"), "changed");
    assert.equal(digest(), nothing);
  });
});
