import { constants } from "node:os";
import { forwardSignals, throwIfInterrupted } from "./signals";

/** How a program on this terminal ended. */
export interface ForegroundResult {
  /** The exit code; 128 and the signal's number where a signal ended the program, as in shells. */
  code: number;
  /** What it wrote to standard error, which the terminal has shown already. */
  stderr: string;
}

/** Options of {@link runInForeground}. */
export interface ForegroundOptions {
  /** The complete environment. */
  env: NodeJS.ProcessEnv;
  /** The working directory. */
  cwd: string;
  /** Sends the program SIGINT, so that it ends in order. Nothing on Windows, where a signal kills it. */
  interrupt?: AbortSignal | undefined;
}

/**
 * Runs a program on this terminal: it reads the keyboard and draws by itself. Standard error is shown
 * and kept, so that a failure can be explained.
 *
 * @throws Interrupted where this program was asked to end meanwhile.
 * @throws Error where the program can't be started.
 */
export async function runInForeground(
  file: string,
  args: readonly string[],
  { interrupt, ...options }: ForegroundOptions,
): Promise<ForegroundResult> {
  // A dynamic import: see run.ts.
  const { execa } = await import("execa");
  const child = execa(file, args, {
    ...options,
    extendEnv: false,
    reject: false,
    // Pulumi ends an update in order when it gets a signal, and that may take minutes.
    forceKillAfterDelay: false,
    stdin: "inherit",
    stdout: "inherit",
    stderr: ["inherit", "pipe"],
    stripFinalNewline: false,
    maxBuffer: Number.MAX_SAFE_INTEGER,
  });
  const stopForwarding = forwardSignals(child);
  const onInterrupt = (): void => {
    if (process.platform !== "win32") child.kill("SIGINT");
  };
  interrupt?.addEventListener("abort", onInterrupt);
  try {
    const result = await child;
    throwIfInterrupted();
    if (result.exitCode === undefined && result.signal === undefined) throw asError(result);
    return { code: exitCode(result.exitCode, result.signal), stderr: result.stderr };
  } finally {
    stopForwarding();
    interrupt?.removeEventListener("abort", onInterrupt);
  }
}

function asError(result: unknown): Error {
  return result instanceof Error ? result : new Error("the program could not be started");
}

function exitCode(code: number | undefined, signal: NodeJS.Signals | undefined): number {
  return code ?? 128 + (signal === undefined ? 1 : constants.signals[signal]);
}
