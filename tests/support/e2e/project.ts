import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { detectTools } from "../../../cli/environment/detect/detect-tools";
import { run, runOrThrow } from "../../../lib/process/run";

const ROOT = resolve(__dirname, "../../..");
const ARTIFACTS = join(ROOT, "artifacts", "e2e");

/** What a command did. */
export interface Outcome {
  code: number;
  /** Standard output and error, in the order they came. */
  output: string;
  seconds: number;
}

/**
 * A copy of the project, as a user has it after cloning, with a state and a passphrase of its own. Tests
 * change its sources as a user would, and the working tree stays as it is.
 */
export class Project {
  readonly folder: string;
  readonly #env: NodeJS.ProcessEnv;
  #tools: NodeJS.ProcessEnv | undefined;

  /** @param config settings of stack dev beyond the shipped ones, by key. */
  constructor(
    readonly name: string,
    config: Record<string, unknown>,
  ) {
    this.folder = mkdtempSync(join(tmpdir(), `todo-chatbot-${name}-`));
    const files = execFileSync(
      "git",
      ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
      {
        cwd: ROOT,
        encoding: "utf8",
      },
    );
    // One that is deleted and not yet committed is listed as well.
    for (const file of files
      .split("\0")
      .filter((path) => path !== "" && existsSync(join(ROOT, path)))) {
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      cpSync(join(ROOT, file), join(this.folder, file), { force: true });
    }
    symlinkSync(join(ROOT, "node_modules"), join(this.folder, "node_modules"));
    this.#forgetSecrets();
    this.#env = { ...process.env, XDG_STATE_HOME: join(this.folder, ".state"), NO_COLOR: "1" };
    mkdirSync(ARTIFACTS, { recursive: true });
    writeFileSync(this.log, "");
    this.configure(config);
  }

  /** Everything that the commands printed. */
  get log(): string {
    return join(ARTIFACTS, `${this.name}.log`);
  }

  /** Sets settings of stack dev in its file, merged key by key. */
  configure(config: Record<string, unknown>): void {
    const file = join(this.folder, "Pulumi.dev.yaml");
    const stack = parse(readFileSync(file, "utf8")) as { config: Record<string, object> };
    for (const [key, value] of Object.entries(config)) {
      const name = `todo-chatbot:${key}`;
      const merged = typeof value === "object" ? { ...stack.config[name], ...value } : value;
      stack.config[name] = merged as object;
    }
    writeFileSync(file, stringify(stack));
  }

  /** Takes out of the stack's file what only the passphrase can read that the working tree was used with. */
  #forgetSecrets(): void {
    const file = join(this.folder, "Pulumi.dev.yaml");
    const { config } = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
    const plain = Object.entries(config).filter(([, value]) => !isEncrypted(value));
    writeFileSync(file, stringify({ config: Object.fromEntries(plain) }));
  }

  /** Changes a source file. */
  edit(file: string, change: (text: string) => string): void {
    const path = join(this.folder, file);
    const before = readFileSync(path, "utf8");
    const after = change(before);
    if (after === before)
      throw new Error(`The edit of ${file} changed nothing: has the file changed?`);
    writeFileSync(path, after);
  }

  /** `npm run <command>`, as a user types it. */
  npm(command: string, ...args: string[]): Promise<Outcome> {
    return this.#run(
      process.execPath,
      [join(this.folder, "cli", "run.mjs"), command, ...args],
      this.#env,
    );
  }

  /** Lines in a shell of the user's own. */
  shell(lines: string): Promise<Outcome> {
    return this.#run("bash", ["-c", `set -e\n${lines}`], this.#env);
  }

  /** `pulumi …`, typed by hand in the environment that `npm run doctor` prints. */
  async pulumi(...args: string[]): Promise<Outcome> {
    return this.#run("pulumi", args, await this.#toolEnv());
  }

  /** `pulumi up` of stack dev, without asking. */
  up(...flags: string[]): Promise<Outcome> {
    return this.pulumi("up", "--stack", "dev", "--yes", "--skip-preview", ...flags);
  }

  /** Runs a tool that must succeed. Returns what it printed on standard output. */
  async tool(file: string, ...args: string[]): Promise<string> {
    return runOrThrow(file, args, { cwd: this.folder, env: await this.#toolEnv() });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The environment of the tools, which `npm run up` has installed by then. */
  async #toolEnv(): Promise<NodeJS.ProcessEnv> {
    this.#tools ??= (await detectTools(this.folder, this.#env)).env;
    return this.#tools;
  }

  async #run(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
    const start = Date.now();
    appendFileSync(this.log, `\n$ ${file} ${args.join(" ")}\n`);
    const onLine = (line: string) => {
      appendFileSync(this.log, `${line}\n`);
    };
    const { code, output, notFound } = await run(file, args, { cwd: this.folder, env, onLine });
    if (notFound) throw new Error(`There is no program ${file}.`);
    return { code: code ?? -1, output, seconds: (Date.now() - start) / 1000 };
  }
}

function isEncrypted(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}

/** Fails with the end of what a command printed where its exit code isn't the expected one. */
export function assertCode(outcome: Outcome, expected = 0): void {
  if (outcome.code === expected) return;
  const end = outcome.output.split("\n").slice(-60).join("\n");
  throw new Error(`exit code ${outcome.code}, expected ${expected}; its output ends with:\n${end}`);
}
