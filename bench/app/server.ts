import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { pathOf } from "../../lib/process/which";
import type { Contender } from "./servers";

/** How long a server may take until it is ready, and until it has ended, in milliseconds. */
const PATIENCE_MS = 60_000;
/** Between two questions whether it is ready. */
const POLL_MS = 5;
/** The unit of CPU times in /proc: Linux shows hundredths of a second on every platform. */
const TICK_MS = 10;

/** What a process has used. */
export interface Usage {
  /** Resident memory in MiB. */
  rss: number;
  /** The part of it that is no file's, which is what can't be shared with another process. */
  anonymous: number;
  /** CPU time so far, in milliseconds. */
  cpuMs: number;
}

/** A server that runs. */
export class Server {
  #said = "";

  private constructor(
    private readonly contender: Contender,
    private readonly process: ChildProcess,
    readonly origin: string,
    /** From the start of its process to its first 200 to a question whether it is ready. */
    public readyMs: number,
  ) {}

  /**
   * Starts a server and waits until it is ready.
   *
   * @throws Error where it ends before that, or takes longer than a minute.
   */
  static async start(contender: Contender, port: number): Promise<Server> {
    const [file, ...args] = contender.command(port);
    const started = performance.now();
    const child = spawn(file, args, {
      cwd: contender.folder,
      env: { PATH: pathOf(process.env), ...contender.env, PORT: String(port) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const server = new Server(contender, child, `http://127.0.0.1:${port}`, 0);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        server.#said = (server.#said + text).slice(-4000);
      });
    }
    // The bench's own end must not leave a server behind.
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    child.once("exit", () => process.off("exit", kill));
    while (!(await answersOk(`${server.origin}/health/ready`))) {
      server.#mustRun(started);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    server.readyMs = performance.now() - started;
    return server;
  }

  /** What its process has used until now. */
  usage(): Usage {
    const folder = `/proc/${this.process.pid ?? "none"}`;
    const status = readFileSync(`${folder}/status`, "utf8");
    const mib = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
    // The program's name, in parentheses, may hold spaces; the times are fields 14 and 15.
    const fields = readFileSync(`${folder}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const cpuMs = (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    return { rss: mib("VmRSS"), anonymous: mib("RssAnon"), cpuMs };
  }

  /** Ends it, and returns when it has ended. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, "exit");
    this.process.kill("SIGTERM");
    const late = setTimeout(() => this.process.kill("SIGKILL"), PATIENCE_MS / 6);
    await ended;
    clearTimeout(late);
  }

  #mustRun(started: number): void {
    const { exitCode, signalCode } = this.process;
    const waited = performance.now() - started;
    if (exitCode === null && signalCode === null && waited < PATIENCE_MS) return;
    const what = waited < PATIENCE_MS ? "ended" : `wasn't ready within ${PATIENCE_MS / 1000} s`;
    this.process.kill("SIGKILL");
    throw new Error(`${this.contender.title} ${what}. What it said:\n${this.#said}`);
  }
}

/** Whether a server answers with 200 at once; what isn't listening yet doesn't. */
function answersOk(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 2500 }, (response) => {
      response.resume().once("close", () => {
        resolve(response.statusCode === 200);
      });
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => {
      resolve(false);
    });
  });
}
