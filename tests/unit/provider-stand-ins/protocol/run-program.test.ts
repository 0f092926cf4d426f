import assert from "node:assert/strict";
import { NotInstalled, runProgram } from "../../../../provider-stand-ins/protocol/run-program";

describe("stand-ins: running programs", () => {
  it("returns the exit code of a program that fails", async () => {
    assert.equal((await runProgram("sh", ["-c", "exit 3"])).code, 3);
  });

  it("names a program that is not on PATH", async () => {
    await assert.rejects(
      runProgram("no-such-program", []),
      (error) =>
        error instanceof NotInstalled &&
        error.message === "found no program no-such-program on PATH",
    );
  });
});
