import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findNpm } from "../../../../cli/bootstrap/npm.mjs";

describe("npm's program", () => {
  let folder: string;
  const npmCli = () => join(folder, "npm", "bin", "npm-cli.js");
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "npm-")));
    mkdirSync(join(folder, "npm", "bin"), { recursive: true });
    mkdirSync(join(folder, "bin"));
    writeFileSync(npmCli(), "");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is the one that runs this", () => {
    assert.equal(findNpm({ npm_execpath: npmCli() }, "/nowhere/at/all/node"), npmCli());
  });
  it("is found behind a link on PATH", () => {
    symlinkSync(npmCli(), join(folder, "bin", "npm"));
    const path = ["/nowhere", join(folder, "bin")].join(delimiter);
    assert.equal(findNpm({ PATH: path }, "/nowhere/at/all/node"), npmCli());
  });
  it("isn't another package manager's", () => {
    const env = { npm_execpath: join(folder, "npm", "bin", "yarn.js"), PATH: "/nowhere" };
    assert.equal(findNpm(env, "/nowhere/at/all/node"), undefined);
  });
});
