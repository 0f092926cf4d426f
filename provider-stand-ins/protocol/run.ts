/** Runs command-line programs: kubectl, helm, docker. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a program is run. */
export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  /** Text for its standard input. */
  input?: string;
  /** Ends the program by SIGTERM, and by SIGKILL ten seconds later. */
  signal?: AbortSignal;
  /** Gets each line of both outputs as it comes. */
  onLine?: (line: string) => void;
}

/** What a program left behind. */
export interface RunResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** The program is not on PATH. */
export class NotInstalled extends Error {}

/** Runs a program to its end, whatever its exit code. */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  options.signal?.throwIfAborted();
  const child = spawn(program, args, { env: options.env ?? process.env, stdio: "pipe" });
  const stop = (): void => {
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), 10_000).unref();
  };
  options.signal?.addEventListener("abort", stop, { once: true });
  const outputs = [child.stdout, child.stderr].map((stream) => {
    const chunks: string[] = [];
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => chunks.push(chunk));
    const { onLine } = options;
    if (onLine !== undefined) createInterface({ input: stream }).on("line", onLine);
    return chunks;
  });
  // A program that ends without reading its input closes the pipe; its exit code tells the story.
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on("error", (error: NodeJS.ErrnoException) => {
        reject(
          error.code === "ENOENT" ? new NotInstalled(`found no program ${program} on PATH`) : error,
        );
      });
      child.on("close", (exit) => {
        resolve(exit ?? 1);
      });
    });
    options.signal?.throwIfAborted();
    return { code, stdout: outputs[0]?.join("") ?? "", stderr: outputs[1]?.join("") ?? "" };
  } finally {
    options.signal?.removeEventListener("abort", stop);
  }
}

/** Waits; ends early with the signal's error when the operation is cancelled. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new Error("cancelled"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
