import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { waitForAnswer } from "../../../../cli/commands/wait-for-url";
import { FileServer } from "../../../support/file-server";

describe("a URL", () => {
  const server = new FileServer();
  const { files } = server;
  before(() => server.start());
  after(() => server.stop());

  it("is requested until it answers", async () => {
    setTimeout(() => files.set("/late", 200), 300);
    const answer = await waitForAnswer(`${server.origin}/late`, 5000);
    assert.ok(answer.ok);
    assert.ok(answer.tries > 1);
    assert.deepEqual(await waitForAnswer(`${server.origin}/never`, 100), {
      ok: false,
      reason: "it answered 404 Not Found",
    });
  });

  it("is followed where it redirects", async () => {
    server.redirects.set("/start", "/page");
    files.set("/page", 200);
    const answer = await waitForAnswer(`${server.origin}/start`, 100);
    assert.ok(answer.ok && answer.status === 200);
  });

  it("is requested without a proxy, on every Node.js", function () {
    this.timeout(20_000);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", "--eval", BEHIND_PROXY],
      { encoding: "utf8" },
    );
    assert.equal(status, 0, stderr);
    assert.equal(stdout, "true, asked: \n");
  });
});

/** Requests a server of this machine in a process that Node.js 24 and later connect through a proxy. */
const BEHIND_PROXY = `
const { spawn } = require("node:child_process");
const { FileServer } = require("./tests/support/file-server.ts");
const { RecordingProxy } = require("./tests/support/recording-proxy.ts");
const proxy = new RecordingProxy(), server = new FileServer();
server.files.set("/", 200);
void Promise.all([proxy.start(), server.start()]).then(() => {
  const code = 'require("./cli/commands/wait-for-url.ts").waitForAnswer("' + server.origin + '/", 100)' +
    '.then(({ ok, reason }) => process.stdout.write(String(ok) + (reason ?? "")))';
  const env = { ...process.env, ...proxy.variables, NODE_USE_ENV_PROXY: "1" };
  const child = spawn(process.execPath, ["--import", "tsx", "--eval", code], { env, stdio: "pipe" });
  child.stdout.pipe(process.stdout);
  child.on("close", () => { console.log(", asked: " + proxy.asked); process.exit(); });
});`;
