import assert from "node:assert/strict";
import { archiveLines, installArguments } from "../../../../offline/sources/debian";

describe("Debian's archives", () => {
  it("are the machine's for the release, with updates and security", () => {
    const targets = [
      "http://a/debian/ bookworm main",
      "http://a/debian/ bookworm contrib",
      "http://a/debian/ bookworm main",
      "http://a/security/ bookworm-security main",
      "http://b/other stable main",
      "",
    ].join("\n");
    assert.deepEqual(archiveLines(targets), [
      "deb http://a/debian/ bookworm main",
      "deb http://a/security/ bookworm-security main",
    ]);
  });

  it("are mmdebstrap's default on another release", () => {
    assert.deepEqual(archiveLines("http://a/ubuntu noble main\nhttp://a/ubuntu x main"), []);
    assert.deepEqual(archiveLines("http://a/debian-security bookworm-security main"), []);
  });
});

describe("Debian's packages", () => {
  it("are installed without removing the user's own", () => {
    assert.ok(installArguments(["docker.io"]).includes("--no-remove"));
  });
});
