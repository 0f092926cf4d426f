/**
 * Plain Node.js without dependencies: this runs before the npm packages are installed.
 * lib/process has the same exit code and terminal check in TypeScript: lib imports nothing of cli, and
 * this folder imports no TypeScript, so each has its copy.
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import process from "node:process";

/**
 * Runs a program on this terminal until it ends, and passes signals on to it.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 * @returns {Promise<number>} its exit code; see {@link exitCode}
 */
export function runChild(file, args, options) {
  const child = spawn(file, args, { ...options, stdio: options.stdio ?? "inherit" });
  const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
  let forwarded = false;
  const handlers = signals.map((signal) => {
    const handler = () => {
      // Ctrl-C on a terminal reaches the child as well, and a second one makes Pulumi abort at once.
      if (forwarded || (signal === "SIGINT" && onTerminal())) return;
      forwarded = true;
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

/** Whether a terminal sends its signals to this process. One stream on a terminal is enough. */
export function onTerminal() {
  return [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
}

/**
 * Returns the exit code of a process that ended: 128 plus the signal's number after a signal, as in shells.
 *
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 * @returns {number}
 */
export function exitCode(code, signal) {
  if (code !== null) return code;
  return 128 + (signal === null ? 1 : constants.signals[signal]);
}
