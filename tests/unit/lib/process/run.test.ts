import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../../../lib/errors";
import {
  CommandFailed,
  environmentWith,
  lastLines,
  quote,
  run,
  runOrThrow,
} from "../../../../lib/process/run";

describe("run", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "run-test-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("returns the exit code and what the program printed, to each output and together", async () => {
    const script = "echo one; sleep 0.3; echo two >&2; sleep 0.3; echo three; exit 3";
    const result = await run("sh", ["-c", script]);
    assert.deepEqual(result, {
      command: ["sh", "-c", script],
      code: 3,
      stdout: "one\nthree\n",
      stderr: "two\n",
      output: "one\ntwo\nthree\n",
      notFound: false,
    });
    assert.equal((await run("true", [])).code, 0);
  });

  it("distinguishes a missing program from one that fails", async () => {
    const result = await run("a-program-that-does-not-exist", ["--help"]);
    assert.equal(result.notFound, true);
    assert.equal(result.code, undefined);
    assert.match(result.stderr, /a-program-that-does-not-exist ENOENT/);
    assert.match(result.output, /a-program-that-does-not-exist ENOENT/);
    assert.equal((await run("sh", ["-c", "exit 127"])).notFound, false);
  });

  it("says that a signal ended the program", async () => {
    const result = await run("sh", ["-c", "echo before; kill -TERM $$"]);
    assert.equal(result.code, undefined);
    assert.equal(result.stdout, "before\n");
    assert.match(result.stderr, /ended by SIGTERM/);
    assert.match(result.output, /before\n+ended by SIGTERM/);
  });

  it("ends where the log can't be written", async () => {
    const logFile = "/dev/full";
    const { code, stdout } = await run("sh", ["-c", "seq 1 20000; sleep 0.2; seq 1 20000"], {
      logFile,
    });
    assert.equal(code, 0);
    assert.equal(stdout.split("\n").length, 40_001);
  });

  it("gives a program that a forwarded signal ends the time that it takes", async () => {
    const script = `
      const { handleSignals } = require("./lib/process/signals");
      const { run } = require("./lib/process/run");
      const { runInForeground } = require("./lib/process/run-in-foreground");
      handleSignals(() => process.exit(9));
      const child = "trap 'sleep 12; echo ended in order; exit 0' TERM; echo ready; while :; do sleep 0.1; done";
      const start = Date.now();
      const started = [
        run("sh", ["-c", child]),
        runInForeground("sh", ["-c", child], { env: process.env, cwd: "." }),
      ];
      Promise.allSettled(started).then(() => console.log("seconds", (Date.now() - start) / 1000));
      setTimeout(() => process.kill(process.pid, "SIGTERM"), 2000);
    `;
    const { stdout } = await run(process.execPath, ["--import", "tsx", "--eval", script]);
    const seconds = Number(/seconds ([\d.]+)/.exec(stdout)?.[1]);
    assert.ok(seconds >= 13.5, stdout);
    assert.match(stdout, /ended in order/);
  });

  it("ends the program after the time limit", async () => {
    const start = Date.now();
    const result = await run("sleep", ["30"], { timeoutMs: 200 });
    assert.ok(Date.now() - start < 5000);
    assert.equal(result.code, undefined);
    assert.match(result.stderr, /no answer within 0\.2 s/);
  });

  it("ends the program when its signal is aborted, and throws the reason", async () => {
    const reason = new Error("no longer needed");
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort(reason);
    }, 200);
    const running = run("sleep", ["30"], { signal: controller.signal });
    await assert.rejects(running, (error) => error === reason);
    await assert.rejects(
      run("true", [], { signal: controller.signal }),
      (error) => error === reason,
    );
  });

  it("passes input from a text or a file, and an empty one otherwise", async () => {
    const file = join(folder, "input");
    writeFileSync(file, "from a file");
    assert.equal((await run("cat", [], { input: "a text" })).stdout, "a text");
    assert.equal((await run("cat", [], { inputFile: file })).stdout, "from a file");
    assert.equal((await run("cat", [])).stdout, "");
  });

  it("throws where the input file is missing", async () => {
    await assert.rejects(run("cat", [], { inputFile: join(folder, "missing") }), /ENOENT/);
  });

  it("returns the result of a program that ends before it has read its input", async () => {
    const result = await run("sh", ["-c", "exit 4"], { input: "x".repeat(1_000_000) });
    assert.equal(result.code, 4);
    const file = join(folder, "input");
    writeFileSync(file, "x".repeat(1_000_000));
    assert.equal((await run("sh", ["-c", "exit 5"], { inputFile: file })).code, 5);
  });

  it("uses the working directory and exactly the given environment", async () => {
    const env = { PATH: process.env.PATH, RUN_TEST: "set" };
    const script = 'pwd; echo "$RUN_TEST-${HOME-none}"';
    const { stdout } = await run("sh", ["-c", script], { cwd: folder, env });
    assert.equal(stdout, `${folder}\nset-none\n`);
  });

  it("reports every line of both outputs as it comes", async () => {
    const lines: string[] = [];
    await run("sh", ["-c", "echo one; sleep 0.3; echo two >&2; sleep 0.3; printf three"], {
      onLine: (line) => lines.push(line),
    });
    assert.deepEqual(lines, ["one", "two", "three"]);
  });

  it("has written the complete log when it returns, below the command", async () => {
    const logFile = join(folder, "logs", "test.log");
    const script = "seq 100000; echo error >&2";
    const { stdout, output } = await run("sh", ["-c", script], { cwd: folder, logFile });
    assert.ok(stdout.endsWith("\n100000\n"));
    // The two outputs are separate pipes: "error" may interrupt a line of the other one.
    assert.match(output, /error\n/);
    const log = readFileSync(logFile, "utf8");
    assert.equal(log, `$ cd ${folder} && sh -c '${script}'\n${output}`);
  });

  it("replaces the log of an earlier run, and writes there why there is no exit code", async () => {
    const logFile = join(folder, "test.log");
    await run("echo", ["first"], { logFile });
    await run("a-program-that-does-not-exist", [], { logFile });
    const log = readFileSync(logFile, "utf8");
    assert.ok(!log.includes("first"));
    assert.match(log, /ENOENT/);
    await run("sh", ["-c", "kill -KILL $$"], { logFile });
    assert.match(readFileSync(logFile, "utf8"), /ended by SIGKILL/);
  });

  it("writes no log unless asked", async () => {
    await run("echo", ["hello"], { cwd: folder });
    assert.ok(!existsSync(join(folder, "logs")));
  });
});

describe("runOrThrow", () => {
  it("returns the standard output", async () => {
    assert.equal(await runOrThrow("sh", ["-c", "echo out; echo err >&2"]), "out\n");
  });

  it("throws an error with the command, its exit code, its last lines, its log and the hint", async () => {
    const folder = mkdtempSync(join(tmpdir(), "run-test-"));
    try {
      const logFile = join(folder, "test.log");
      const script = 'for i in $(seq 30); do echo "line $i"; done; echo oh no >&2; exit 3';
      const options = { logFile, hint: "Try another script." };
      const error = await runOrThrow("sh", ["-c", script], options).catch((e: unknown) => e);
      assert.ok(error instanceof CommandFailed && error instanceof UserError);
      assert.match(error.message, /^sh -c 'for i .* failed with exit code 3\./);
      assert.match(error.message, /oh no/);
      assert.ok(!error.message.includes("line 18\n") && error.message.includes("line 20\n"));
      assert.ok(error.message.includes(logFile));
      assert.equal(error.hint, "Try another script.");
      assert.equal(error.result.code, 3);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("says why there is no exit code", async () => {
    await assert.rejects(runOrThrow("a-program-that-does-not-exist", []), (error) => {
      assert.ok(error instanceof CommandFailed);
      assert.match(error.message, /^a-program-that-does-not-exist failed\.\n.*ENOENT/);
      assert.match(error.hint, /Fix the cause named above and run the same command again/);
      return true;
    });
    await assert.rejects(
      runOrThrow("sh", ["-c", "echo before; kill -KILL $$"]),
      /failed\.\n {4}before\n {4}ended by SIGKILL/,
    );
  });
});

describe("the helpers of run", () => {
  it("change the environment; undefined removes a variable", async () => {
    const env = environmentWith({ TEST_OF_RUN: "set", HOME: undefined });
    const options = { input: "in", env };
    const out = await runOrThrow("sh", ["-c", 'cat; echo "-$TEST_OF_RUN-${HOME-none}"'], options);
    assert.equal(out, "in-set-none\n");
  });

  it("quote words so that a command can be pasted", () => {
    assert.equal(quote("--a=b/c"), "--a=b/c");
    assert.equal(quote("it's"), "'it'\\''s'");
  });

  it("take the last lines of standard error, or of standard output where that is empty", () => {
    assert.equal(lastLines({ stdout: "a\nb\nc\n", stderr: "" }, 2), "b\nc");
    assert.equal(lastLines({ stdout: "a", stderr: "x\ny\n" }), "x\ny");
  });
});
