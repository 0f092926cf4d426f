import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checksumIn, download } from "../../../../../cli/environment/provide/download";
import { UserError } from "../../../../../lib/errors";
import { FileServer } from "../../../../support/file-server";

describe("downloads", () => {
  const server = new FileServer();
  const { files } = server;
  let folder: string;
  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "download-"));
    files.clear();
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const sum = (data: Buffer) => createHash("sha256").update(data).digest("hex");
  const publish = (name: string, data: Buffer, checksum = sum(data)) => {
    files.set(`/${name}`, data);
    files.set(`/${name}.sha256`, Buffer.from(`${checksum}  ${name}\n`));
    return { url: `${server.origin}/${name}`, checksumUrl: `${server.origin}/${name}.sha256` };
  };

  it("put a verified program in its place, executable", async () => {
    const file = join(folder, "tools", "kubectl");
    await download(publish("kubectl", Buffer.from("program")), file);
    assert.equal(readFileSync(file, "utf8"), "program");
    assert.equal(statSync(file).mode & 0o111, 0o111);
    assert.deepEqual(readdirSync(join(folder, "tools")), ["kubectl"]);
  });
  it("take a program out of its archive", async () => {
    mkdirSync(join(folder, "linux-amd64"));
    writeFileSync(join(folder, "linux-amd64", "helm"), "helm");
    chmodSync(join(folder, "linux-amd64", "helm"), 0o755);
    execFileSync("tar", ["-czf", join(folder, "a.tar.gz"), "-C", folder, "linux-amd64"]);
    const release = publish("helm.tar.gz", readFileSync(join(folder, "a.tar.gz")));
    const file = join(folder, "tools", "helm");
    await download({ ...release, inArchive: "linux-amd64/helm" }, file);
    assert.equal(readFileSync(file, "utf8"), "helm");
  });
  it("leave nothing where the checksum differs, and show both", async () => {
    const file = join(folder, "kubectl");
    const release = publish("kubectl", Buffer.from("tampered"), "0".repeat(64));
    await assert.rejects(download(release, file), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, new RegExp(`${sum(Buffer.from("tampered"))}.*${"0".repeat(64)}`));
      return true;
    });
    assert.equal(existsSync(file), false);
    assert.deepEqual(readdirSync(folder), []);
  });
  it("say what a server answered", async () => {
    files.set("/x.sha256", Buffer.from("0".repeat(64)));
    const release = { url: `${server.origin}/x`, checksumUrl: `${server.origin}/x.sha256` };
    await assert.rejects(download(release, join(folder, "x")), /answered 404 Not Found/);
  });
  it("recognize a sign-in page in the place of a checksum", () => {
    assert.throws(() => checksumIn("<html>Sign in</html>", "https://x"), /has no SHA-256/);
    assert.equal(checksumIn(`${"A".repeat(64)}\n`, "x"), "a".repeat(64));
  });
});
