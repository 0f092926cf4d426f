import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { freePort, pause } from "./network.ts";

const STANDALONE_FOLDER = fileURLToPath(new URL("../../.next/standalone/", import.meta.url));

/** The built server, run as in the image. */
export class StandaloneServer {
  /** Everything that the process has written to stdout and stderr. */
  output = "";

  constructor(
    readonly process: ChildProcess,
    readonly port: number,
  ) {
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    }
  }

  /** Starts the server on a free port, with only these and the image's environment variables. */
  static async start(env: Record<string, string>): Promise<StandaloneServer> {
    assert.ok(existsSync(`${STANDALONE_FOLDER}server.js`), "Run `npm run build` first.");
    const port = await freePort();
    const child = spawn(process.execPath, ["server.js"], {
      cwd: STANDALONE_FOLDER,
      env: {
        PORT: String(port),
        HOSTNAME: "127.0.0.1",
        NEXT_MANUAL_SIG_HANDLE: "true",
        KEEP_ALIVE_TIMEOUT: "65000",
        NODE_ENV: "production",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new StandaloneServer(child, port);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves when /api/health answers 200. Throws after 20 s, or when the process has ended. */
  async waitUntilHealthy(): Promise<void> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      try {
        if ((await fetch(`${this.origin}/api/health`)).ok) return;
      } catch (error) {
        if (Date.now() > deadline || this.process.exitCode !== null) throw error;
      }
      await pause(50);
    }
  }

  /** Waits until the process ends and returns its exit code. */
  async waitForExit(): Promise<number | null> {
    if (this.process.exitCode === null) await once(this.process, "exit");
    return this.process.exitCode;
  }
}
