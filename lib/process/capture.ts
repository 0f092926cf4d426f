import { spawn } from "node:child_process";
import { forwardSignals, goOn } from "./signals";

/** How a program ended and what it said. */
export interface Captured {
  /** Its exit code; undefined where it couldn't be started, or was ended by its time limit. */
  code: number | undefined;
  stdout: string;
  stderr: string;
}

/** Options of {@link capture}. */
export interface CaptureOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** What it reads from its standard input; without, that is empty. */
  input?: string;
  /** After this the program is ended. */
  timeoutMs?: number;
  /** Called with each piece of output as it comes. */
  onOutput?: (text: string) => void;
}

/**
 * Runs a program and collects what it says. What went wrong is in the result.
 *
 * @throws Interrupted where this program was asked to end meanwhile.
 */
export async function capture(
  file: string,
  args: readonly string[],
  options: CaptureOptions = {},
): Promise<Captured> {
  const result = await run(file, args, options);
  goOn();
  return result;
}

function run(file: string, args: readonly string[], options: CaptureOptions): Promise<Captured> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    // A program that ends before it has read everything says so by its exit code.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
    const stopForwarding = forwardSignals(child);
    let stdout = "";
    let stderr = "";
    let timedOut = false;
    const limit = options.timeoutMs ?? 0;
    const timer =
      limit > 0
        ? setTimeout(() => {
            timedOut = true;
            child.kill("SIGKILL");
          }, limit)
        : undefined;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      options.onOutput?.(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      options.onOutput?.(text);
    });
    const end = (code: number | undefined, said = "") => {
      clearTimeout(timer);
      stopForwarding();
      resolve({ code, stdout, stderr: stderr + said });
    };
    child.once("error", (error) => {
      end(undefined, error.message);
    });
    child.once("close", (code) => {
      if (timedOut) end(undefined, `\nno answer within ${limit / 1000} s`);
      else end(code ?? undefined);
    });
  });
}

/** The last lines of what a program said, for an error's text: what it complained of, if anything. */
export function lastWords(result: Captured, lines = 12): string {
  const said = result.stderr.trim() === "" ? result.stdout : result.stderr;
  return said.trim().split("\n").slice(-lines).join("\n");
}
