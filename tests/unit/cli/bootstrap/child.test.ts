import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { exitCode } from "../../../../cli/bootstrap/child.mjs";

describe("a child's end", () => {
  it("is its exit code, or 128 and the signal", () => {
    assert.equal(exitCode(3, null), 3);
    assert.equal(exitCode(null, "SIGINT"), 130);
    assert.equal(exitCode(null, "SIGTERM"), 143);
  });
});

describe("a signal", () => {
  it("is passed on to the child once, however often it comes: a second one would cut Pulumi short", async () => {
    const child = `process.on("SIGTERM", () => { console.log("told"); setTimeout(() => process.exit(7), 300); });
      setInterval(() => undefined, 1000); console.log("ready");`;
    const parent = `const { runChild } = await import(${JSON.stringify(resolve("cli/bootstrap/child.mjs"))});
      process.exitCode = await runChild(process.execPath, ["--eval", ${JSON.stringify(child)}], {});`;
    const program = spawn(process.execPath, ["--input-type=module", "--eval", parent], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    program.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output === "ready\n") program.kill("SIGTERM");
      if (output === "ready\ntold\n") program.kill("SIGTERM");
    });
    const [code] = (await once(program, "close")) as [number | null];
    assert.deepEqual([code, output], [7, "ready\ntold\n"]);
  });
});
