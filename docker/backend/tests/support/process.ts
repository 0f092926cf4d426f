import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const PACKAGE_FOLDER = fileURLToPath(new URL("../../", import.meta.url));

/** The exit code and the output of a program. */
export interface ProgramResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A built program of this package, running with nothing but the given environment. */
export class Program {
  readonly process: ChildProcess;
  /** Resolves when the program has ended. */
  readonly ended: Promise<ProgramResult>;
  /** The output so far. */
  stdout = "";
  stderr = "";

  constructor(process: ChildProcess) {
    this.process = process;
    process.stdout?.on("data", (chunk: Buffer) => (this.stdout += chunk.toString()));
    process.stderr?.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = new Promise((resolve) => {
      process.once("close", (code) => {
        resolve({ code, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  /** Starts dist/NAME.js. */
  static start(
    name: "main" | "migrate",
    env: Record<string, string>,
    cwd = PACKAGE_FOLDER,
  ): Program {
    return new Program(
      spawn(process.execPath, [`dist/${name}.js`], { cwd, env, stdio: ["ignore", "pipe", "pipe"] }),
    );
  }

  /** Waits until standard output contains the text. Throws when the program ends before. */
  async waitForOutput(text: string): Promise<void> {
    await waitFor(
      () => {
        if (this.process.exitCode !== null) throw new Error(`it ended: ${this.stderr}`);
        return this.stdout.includes(text);
      },
      `${JSON.stringify(text)} on standard output`,
    );
  }
}

/** Polls until the condition is true. Throws after `ms` milliseconds. */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  what: string,
  ms = 15_000,
): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
