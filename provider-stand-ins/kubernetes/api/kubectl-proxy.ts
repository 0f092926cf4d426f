/**
 * kubectl supports every way to log in to a cluster, and one `kubectl proxy` serves a whole update. Unlike
 * kubectl's messages, the API's answers tell "already exists" from "not found" and "conflict" reliably.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Unreachable } from "./api-errors";

/** A running `kubectl proxy`. */
export interface KubectlProxy {
  /** Path of the socket that it serves on; only this user can open it. */
  socket: string;
  /** Ends the proxy and removes its socket. */
  close(): void;
}

// Ends kubectl when the plugin's end of standard input closes, even if the plugin was killed.
const SCRIPT = `
directory=$1; shift
exec 3<&0
kubectl "$@" </dev/null &
child=$!
{ read -r _ <&3; kill "$child" 2>/dev/null; rm -rf "$directory"; } &
wait "$child"
`;

/**
 * Starts `kubectl proxy` and waits until it serves.
 *
 * The process runs as long as the plugin and needs its standard input open, so `lib/process/run`, which waits
 * for the end of a program, doesn't fit.
 *
 * @throws Unreachable with kubectl's message where it ends before it serves.
 */
export async function startKubectlProxy(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<KubectlProxy> {
  const directory = mkdtempSync(join(tmpdir(), "kubernetes-plugin-"));
  const socket = join(directory, "api.sock");
  const command = ["proxy", `--unix-socket=${socket}`, ...args];
  const child = spawn("sh", ["-c", SCRIPT, "sh", directory, ...command], { env, stdio: "pipe" });
  const close = (): void => {
    child.stdin.destroy();
    child.kill("SIGTERM");
    rmSync(directory, { recursive: true, force: true });
  };
  const errors: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => errors.push(chunk));
  child.stdin.on("error", () => undefined);
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
        if (chunk.includes("Starting to serve")) resolve();
      });
      child.on("error", reject);
      child.on("exit", (code) => {
        const message = errors.join("").trim();
        const ended = `kubectl proxy ended with code ${code ?? -1}`;
        reject(new Unreachable(message === "" ? ended : message));
      });
    });
  } catch (error) {
    close();
    throw error;
  }
  // The proxy must not keep the plugin's process alive.
  child.unref();
  return { socket, close };
}
