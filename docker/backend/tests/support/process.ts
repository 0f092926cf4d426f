import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../", import.meta.url));

/** What a program said and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A built program of this package, running with just the environment that it is given. */
export class Program {
  readonly ended: Promise<Ended>;
  stdout = "";
  stderr = "";

  private constructor(readonly process: ChildProcess) {
    process.stdout?.on("data", (chunk: Buffer) => (this.stdout += chunk.toString()));
    process.stderr?.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = new Promise((resolve) => {
      process.once("close", (code) => {
        resolve({ code, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  /** Runs dist/NAME.js. */
  static start(name: "main" | "migrate", env: Record<string, string>, cwd = FOLDER): Program {
    return new Program(
      spawn(process.execPath, [`dist/${name}.js`], { cwd, env, stdio: ["ignore", "pipe", "pipe"] }),
    );
  }

  /** Waits until standard output holds the text. */
  async says(text: string): Promise<void> {
    await waitFor(
      () => {
        if (this.process.exitCode !== null) throw new Error(`it ended: ${this.stderr}`);
        return this.stdout.includes(text);
      },
      `${JSON.stringify(text)} on standard output`,
    );
  }
}

/** Asks again and again until the answer is true. */
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
