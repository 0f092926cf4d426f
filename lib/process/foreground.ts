import { spawn } from "node:child_process";
import { exitCode } from "../../cli/bootstrap/child.mjs";
import { forwardSignals, goOn } from "./signals";

/** How a program on this terminal ended. */
export interface Ended {
  code: number;
  /** What it wrote to its standard error; that has been shown as well. */
  stderr: string;
}

/**
 * Runs a program on this terminal: it keeps the keyboard and its own way of drawing. Only its standard
 * error goes through our hands, shown as it comes and kept, so that a failure can be explained.
 *
 * @throws Interrupted where this program was asked to end meanwhile.
 */
export async function foreground(
  file: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; cwd: string },
): Promise<Ended> {
  const ended = await run(file, args, options);
  goOn();
  return ended;
}

function run(
  file: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; cwd: string },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: ["inherit", "inherit", "pipe"] });
    const stopForwarding = forwardSignals(child);
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      process.stderr.write(text);
    });
    child.once("error", (error) => {
      stopForwarding();
      reject(error);
    });
    child.once("close", (code, signal) => {
      stopForwarding();
      resolve({ code: exitCode(code, signal), stderr });
    });
  });
}
