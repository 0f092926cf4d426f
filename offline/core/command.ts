import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, createWriteStream, mkdirSync, openSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";

import { logFile } from "./paths";

/** How a command is run, and what to tell the person in front of the machine when it fails. */
export interface CommandOptions {
  cwd?: string;
  /** Added to the environment; undefined takes a variable out. */
  env?: Record<string, string | undefined>;
  /** Standard input; without it the command has none. */
  input?: string;
  /** A file as standard input. */
  inputFile?: string;
  /** Keeps all output in the log of this name (see {@link logFile}). */
  log?: string;
  /** What to do about a failure, as a sentence. */
  hint?: string;
}

/** How a command ended. */
export interface CommandResult {
  code: number;
  stdout: string;
  /** Standard output and standard error as they came, the end of it where there is much. */
  output: string;
}

/** A command that failed: what was run, how it ended, its last lines, where the rest is, what to do. */
export class CommandFailed extends Error {
  constructor(
    readonly command: readonly string[],
    readonly result: CommandResult,
    options: CommandOptions = {},
  ) {
    const lines = [`${command.map(quoted).join(" ")} failed with exit code ${result.code}.`];
    const last = result.output.trimEnd().split("\n").slice(-LAST_LINES);
    lines.push(...last.filter((line) => line !== "").map((line) => `    ${line}`));
    if (options.log !== undefined) lines.push(`All of its output: ${logFile(options.log)}`);
    lines.push(
      `What to do: ${options.hint ?? "remove the cause named above and run the same command again; what is made already is kept."}`,
    );
    super(lines.join("\n"));
    this.name = "CommandFailed";
  }
}

const LAST_LINES = 12;
const KEPT_OUTPUT = 64 * 1024;

/** Runs a command to its end; returns its standard output, or throws {@link CommandFailed}. */
export async function run(
  command: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await attempt(command, options);
  if (result.code !== 0) throw new CommandFailed(command, result, options);
  return result.stdout;
}

/** Runs a command to its end, whatever that is. A program that is missing ends with 127. */
export async function attempt(
  command: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const [file, ...args] = command;
  if (file === undefined) throw new Error("an empty command can't be run");
  const log = options.log === undefined ? undefined : openLog(options.log, command, options.cwd);
  const inputFile = options.inputFile === undefined ? undefined : openSync(options.inputFile, "r");
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: environment(options.env),
    stdio: [inputFile ?? (options.input === undefined ? "ignore" : "pipe"), "pipe", "pipe"],
  });
  if (inputFile !== undefined) closeSync(inputFile);
  endWithThisProcess(child);

  const stdout: Buffer[] = [];
  let output = "";
  const keep = (chunk: Buffer) => {
    log?.write(chunk);
    output = (output + chunk.toString("utf8")).slice(-KEPT_OUTPUT);
  };
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout.push(chunk);
    keep(chunk);
  });
  child.stderr?.on("data", keep);
  // A command that ends before it has read its input closes the pipe; its exit code says the rest.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(options.input);

  const code = await new Promise<number>((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      keep(Buffer.from(`${error.message}\n`));
      resolve(error.code === "ENOENT" ? 127 : 126);
    });
    child.on("close", (status, signal) => {
      if (signal !== null) keep(Buffer.from(`ended by ${signal}\n`));
      resolve(status ?? 128);
    });
  });
  await closed(log);
  return { code, stdout: Buffer.concat(stdout).toString("utf8"), output };
}

function environment(changes: CommandOptions["env"]): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const [name, value] of Object.entries(changes ?? {})) {
    if (value === undefined) Reflect.deleteProperty(env, name);
    else env[name] = value;
  }
  return env;
}

function openLog(name: string, command: readonly string[], cwd = process.cwd()): WriteStream {
  const file = logFile(name);
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file);
  // A full disk shows in the command's own failure; the log must not end the process.
  stream.on("error", () => undefined);
  stream.write(`$ cd ${quoted(cwd)} && ${command.map(quoted).join(" ")}\n`);
  return stream;
}

/** Whoever reads the error may read the log at once. */
function closed(log: WriteStream | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (log === undefined || log.destroyed) resolve();
    else log.once("close", resolve).end();
  });
}

/** A word as a shell would need it, so that a command in an error can be pasted. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

const running = new Set<ChildProcess>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** An interrupted or failed run must not leave commands behind that go on by themselves. */
function endWithThisProcess(child: ChildProcess): void {
  if (running.size === 0) {
    process.on("exit", endAll);
    for (const signal of signals) process.on(signal, endAllBy);
  }
  running.add(child);
  child.once("close", () => {
    running.delete(child);
    if (running.size > 0) return;
    process.off("exit", endAll);
    for (const signal of signals) process.off(signal, endAllBy);
  });
}

function endAll(): void {
  for (const child of running) child.kill("SIGTERM");
}

function endAllBy(signal: NodeJS.Signals): void {
  endAll();
  // Whoever else listens decides what becomes of this process; otherwise the signal ends it as ever.
  process.off(signal, endAllBy);
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
