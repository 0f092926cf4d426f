import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { commands, dispatch } from "../../../cli/dispatch";

async function run(...args: string[]) {
  let stdout = "";
  let stderr = "";
  const status = await dispatch(
    args,
    { write: (text) => (stdout += text) },
    { write: (text) => (stderr += text) },
  );
  return { status, stdout, stderr };
}

describe("the command line", () => {
  it("lists its commands", async () => {
    const { status, stdout } = await run("--help");
    assert.equal(status, 0);
    for (const name of Object.keys(commands))
      assert.match(stdout, new RegExp(`^ {2}${name} `, "m"));
  });
  it("lists them for a command that doesn't exist, and fails", async () => {
    const { status, stdout } = await run("constructor");
    assert.equal(status, 1);
    assert.match(stdout, /There is no command "constructor"/);
    assert.match(stdout, /^ {2}up /m);
  });
  for (const name of Object.keys(commands)) {
    it(`explains ${name}`, async () => {
      const { status, stdout } = await run(name, "--", "--help");
      assert.equal(status, 0);
      assert.match(stdout, /^npm run /);
    });
  }
  it("leaves --help behind a command of Pulumi to Pulumi", async () => {
    assert.match((await run("pulumi", "--help")).stdout, /^npm run pulumi/);
    assert.match((await run("pulumi")).stdout, /^npm run pulumi/);
  });
  it("prints a user error with its hint", async () => {
    const { status, stderr } = await run("doctor", "--stack", "dev", "--bla");
    assert.equal(status, 1);
    assert.match(stderr, /^✗ doctor doesn't know "--bla"\.\n {2}→ /);
  });
  it("runs from plain Node.js, and hands its exit code on", () => {
    const { status, stdout } = spawnSync(process.execPath, ["cli/run.mjs", "bla"], {
      encoding: "utf8",
    });
    assert.equal(status, 1);
    assert.match(stdout, /There is no command "bla"/);
  });
});
