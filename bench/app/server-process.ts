import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { pathOf } from "../../lib/process/which";
import type { Contender } from "./contenders";

/** Time limit for the start of a server, in milliseconds. */
const START_LIMIT_MS = 60_000;
/** Time limit for its end; after it the server is killed. */
const STOP_LIMIT_MS = 10_000;
/** Pause between two readiness requests. */
const POLL_MS = 5;
/** Unit of CPU times in /proc: hundredths of a second on every platform. */
const TICK_MS = 10;

/** Resources that a process has used. */
export interface Usage {
  /** Resident memory in MiB. */
  rss: number;
  /** Anonymous part of it, which can't be shared with other processes. */
  anonymous: number;
  /** CPU time so far, in milliseconds. */
  cpuMs: number;
}

/** A running server. */
export class Server {
  #output = "";

  readonly #contender: Contender;
  readonly #process: ChildProcess;
  /** Such as `http://127.0.0.1:8000`. */
  readonly origin: string;
  /** Milliseconds from the start of its process to its first successful readiness request. */
  readyMs = 0;

  /** @param process the process that {@link Server.start} has started. */
  constructor(contender: Contender, process: ChildProcess, port: number) {
    this.#contender = contender;
    this.#process = process;
    this.origin = `http://127.0.0.1:${port}`;
  }

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
    const server = new Server(contender, child, port);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        server.#output = (server.#output + text).slice(-4000);
      });
    }
    // The bench's own end must not leave a server behind.
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    child.once("exit", () => process.off("exit", kill));
    while (!(await answersOk(`${server.origin}/health/ready`))) {
      server.#assertStarting(started);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    server.readyMs = performance.now() - started;
    return server;
  }

  /** Resources that its process has used so far. */
  usage(): Usage {
    const folder = `/proc/${this.#process.pid ?? "none"}`;
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

  /** Stops it, and returns when it has ended. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    const late = setTimeout(() => this.#process.kill("SIGKILL"), STOP_LIMIT_MS);
    await ended;
    clearTimeout(late);
  }

  #assertStarting(started: number): void {
    const { exitCode, signalCode } = this.#process;
    const waited = performance.now() - started;
    if (exitCode === null && signalCode === null && waited < START_LIMIT_MS) return;
    const what =
      waited < START_LIMIT_MS ? "ended" : `wasn't ready within ${START_LIMIT_MS / 1000} s`;
    this.#process.kill("SIGKILL");
    throw new Error(`${this.#contender.title} ${what}. Its output:\n${this.#output}`);
  }
}

/** Whether a server answers with 200 right now. */
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
