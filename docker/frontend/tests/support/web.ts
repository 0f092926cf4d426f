import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { freePort, pause } from "./net.ts";

const FOLDER = fileURLToPath(new URL("../../.next/standalone/", import.meta.url));

/** The server as the image runs it. */
export class Web {
  output = "";

  private constructor(
    readonly process: ChildProcess,
    readonly port: number,
  ) {
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    }
  }

  /** Starts it with just this environment, on a port that the system chooses. */
  static async start(env: Record<string, string>): Promise<Web> {
    assert.ok(existsSync(`${FOLDER}server.js`), "run `npm run build` first");
    const port = await freePort();
    const child = spawn(process.execPath, ["server.js"], {
      cwd: FOLDER,
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
    return new Web(child, port);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Returns when it answers. */
  async answers(): Promise<void> {
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

  /** Returns the exit code, once there is one. */
  async ended(): Promise<number | null> {
    if (this.process.exitCode === null) await once(this.process, "exit");
    return this.process.exitCode;
  }
}
