import { accessSync, constants, createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { UserError } from "../errors";
import { forwardSignals, throwIfInterrupted } from "./signals";

/** Options of {@link run}. */
export interface RunOptions {
  /** The complete environment. @default process.env */
  env?: NodeJS.ProcessEnv;
  /** The working directory. @default this process's */
  cwd?: string;
  /** Text for the program's standard input. @default empty */
  input?: string;
  /** A file for the program's standard input. It must exist. */
  inputFile?: string;
  /** Kills the program after this many milliseconds. @default no limit */
  timeoutMs?: number;
  /** Ends the program by SIGTERM, and by SIGKILL if it takes longer than `endMs`. */
  signal?: AbortSignal;
  /** Milliseconds that a program has for its own end after `signal`. @default 10 s */
  endMs?: number;
  /** Called with each line of both outputs as it comes. */
  onLine?: (line: string) => void;
  /** A file that receives all output; an existing one is replaced. */
  logFile?: string;
}

/** How a program ended, and what it printed. */
export interface RunResult {
  /** The command line, for messages. */
  command: readonly string[];
  /** The exit code; undefined where the program did not start, timed out or was ended by a signal. */
  code: number | undefined;
  stdout: string;
  /** Standard error, with the reason appended where there is no exit code. */
  stderr: string;
  /** Both outputs in the order in which they came, with the reason appended where there is no exit code. */
  output: string;
  /** Whether there is no such program. */
  notFound: boolean;
}

/** Options of {@link runOrThrow}. */
export interface CheckedRunOptions extends RunOptions {
  /** What to do when the program fails. */
  hint?: string;
}

/** A program that failed: the command, how it ended, its last lines and where its log is. */
export class CommandFailed extends UserError {
  constructor(
    readonly result: RunResult,
    { hint, logFile }: Pick<CheckedRunOptions, "hint" | "logFile"> = {},
  ) {
    const { command, code } = result;
    const end = code === undefined ? "failed" : `failed with exit code ${code}`;
    const lines = [`${command.map(quote).join(" ")} ${end}.`];
    const printed = lastLines({ stdout: "", stderr: result.output });
    lines.push(...printed.split("\n").flatMap((line) => (line === "" ? [] : [`    ${line}`])));
    if (logFile !== undefined) lines.push(`The complete output is in ${logFile}`);
    super(
      lines.join("\n"),
      hint ?? "Fix the cause named above and run the same command again; finished work is kept.",
    );
    this.name = "CommandFailed";
  }
}

/**
 * Runs a program to its end. A failure is part of the result and not thrown.
 *
 * @throws Interrupted where this program was asked to end meanwhile.
 * @throws the signal's reason where `signal` was aborted.
 * @throws Error where the input file can't be read.
 */
export async function run(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  options.signal?.throwIfAborted();
  // A dynamic import: execa is an ES module, and tsx loads those from CommonJS only this way.
  const { execa } = await import("execa");
  // execa would run the program with an empty input.
  if (options.inputFile !== undefined) accessSync(options.inputFile, constants.R_OK);
  const { onLine, logFile } = options;
  const log = logFile === undefined ? undefined : openLog(logFile, [file, ...args], options.cwd);
  const child = execa(file, args, {
    all: true,
    cwd: options.cwd,
    env: options.env ?? process.env,
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: Number.MAX_SAFE_INTEGER,
    killSignal: options.timeoutMs === undefined ? "SIGTERM" : "SIGKILL",
    // Only a cancelled program is killed. One that a forwarded signal ends, such as apt-get, may take its time.
    forceKillAfterDelay: options.signal === undefined ? false : (options.endMs ?? 10_000),
    ...(options.inputFile === undefined
      ? { input: options.input ?? "" }
      : { inputFile: options.inputFile }),
    ...(options.signal !== undefined && { cancelSignal: options.signal }),
    ...(options.timeoutMs !== undefined && { timeout: options.timeoutMs }),
  });
  const stopForwarding = forwardSignals(child);
  if (onLine !== undefined) createInterface({ input: child.all }).on("line", onLine);
  // Not by pipe(): a log that can't be written would pause the output, and the program would never end.
  if (log !== undefined) child.all.on("data", (chunk: Buffer) => log.write(chunk));
  let reason: string | undefined;
  try {
    const result = await child;
    reason = reasonOf(result, options.timeoutMs);
    options.signal?.throwIfAborted();
    throwIfInterrupted();
    return {
      command: [file, ...args],
      code: reason === undefined ? result.exitCode : undefined,
      stdout: result.stdout,
      stderr: result.stderr + (reason ?? ""),
      output: result.all + (reason ?? ""),
      notFound: result.code === "ENOENT" && result.exitCode === undefined,
    };
  } finally {
    stopForwarding();
    await closeLog(log, reason);
  }
}

/**
 * Runs a program that must succeed, and returns its standard output.
 *
 * @throws CommandFailed where its exit code is not 0.
 */
export async function runOrThrow(
  file: string,
  args: readonly string[],
  options: CheckedRunOptions = {},
): Promise<string> {
  const result = await run(file, args, options);
  if (result.code !== 0) throw new CommandFailed(result, options);
  return result.stdout;
}

/** The last lines of what a program printed: of standard error, or of standard output where that is empty. */
export function lastLines(
  { stdout, stderr }: Pick<RunResult, "stdout" | "stderr">,
  count = 12,
): string {
  const printed = stderr.trim() === "" ? stdout : stderr;
  return printed.trim().split("\n").slice(-count).join("\n");
}

/** Quotes a word for a POSIX shell, so that a command in a message can be pasted. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** This process's environment with some variables changed; undefined removes one. */
export function environmentWith(
  changes: Readonly<Record<string, string | undefined>>,
): NodeJS.ProcessEnv {
  const entries = Object.entries({ ...process.env, ...changes });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

interface Ended {
  exitCode?: number;
  timedOut: boolean;
  originalMessage?: string;
  signal?: string;
}

/** Why there is no exit code, as a line for standard error. */
function reasonOf(result: Ended, timeoutMs = 0): string | undefined {
  if (result.timedOut) return `\nno answer within ${timeoutMs / 1000} s`;
  if (result.exitCode !== undefined) return undefined;
  return result.signal === undefined ? result.originalMessage : `\nended by ${result.signal}`;
}

function openLog(file: string, command: readonly string[], cwd = process.cwd()): WriteStream {
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file);
  // A full disk makes the command itself fail; the log must not end this process.
  stream.on("error", () => undefined);
  stream.write(`$ cd ${quote(cwd)} && ${command.map(quote).join(" ")}\n`);
  return stream;
}

/** Waits until the log is complete, because the caller may read it at once. */
function closeLog(log: WriteStream | undefined, reason = ""): Promise<void> {
  return new Promise((resolve) => {
    if (log === undefined || log.destroyed) resolve();
    else log.once("close", resolve).end(reason);
  });
}
