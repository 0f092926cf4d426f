import { spawn } from "node:child_process";
import { constants } from "node:os";
import process from "node:process";

/**
 * Runs a program on this terminal until it ends. Signals are passed on, and its own way of ending
 * becomes an exit code.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 * @returns {Promise<number>}
 */
export function runChild(file, args, options) {
  const child = spawn(file, args, { ...options, stdio: options.stdio ?? "inherit" });
  const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
  let told = false;
  const handlers = signals.map((signal) => {
    const handler = () => {
      // Ctrl-C on a terminal reaches the child as well, and for Pulumi a second one means: at once.
      if (told || (signal === "SIGINT" && onTerminal())) return;
      told = true;
      child.kill(signal);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return new Promise((resolve, reject) => {
    const done = () => {
      for (const { signal, handler } of handlers) process.off(signal, handler);
    };
    child.once("error", (error) => {
      done();
      reject(error);
    });
    child.once("exit", (code, signal) => {
      done();
      resolve(exitCode(code, signal));
    });
  });
}

/** Whether a terminal sends its signals here: also where one of the streams is a file or a pipe. */
export function onTerminal() {
  return [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
}

/**
 * A child's end as an exit code: 128 and the signal's number where a signal ended it, as shells do.
 *
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 * @returns {number}
 */
export function exitCode(code, signal) {
  if (code !== null) return code;
  return 128 + (signal === null ? 1 : constants.signals[signal]);
}
