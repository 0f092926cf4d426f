/**
 * The way to the API server: `kubectl proxy` on a socket that only this user can open.
 *
 * kubectl knows every way to log in to a cluster; the API's own answers tell "exists already" from
 * "not found" and "conflict" without guessing from texts, and one process serves a whole update.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The API server can't be reached, or kubectl can't find out how to. */
export class Unreachable extends Error {}

/** A running proxy. */
export interface Proxy {
  socket: string;
  close(): void;
}

// Ends kubectl when this plugin's end of standard input closes, even where the plugin is killed.
const SCRIPT = `
directory=$1; shift
exec 3<&0
kubectl "$@" </dev/null &
child=$!
{ read -r _ <&3; kill "$child" 2>/dev/null; rm -rf "$directory"; } &
wait "$child"
`;

/** Starts the proxy and waits until it serves. */
export async function startProxy(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Proxy> {
  const directory = mkdtempSync(join(tmpdir(), "kubernetes-plugin-"));
  const socket = join(directory, "api.sock");
  const command = ["proxy", `--unix-socket=${socket}`, ...args];
  const child = spawn("sh", ["-c", SCRIPT, "sh", directory, ...command], { env, stdio: "pipe" });
  const close = (): void => {
    child.stdin.destroy();
    child.kill("SIGTERM");
    rmSync(directory, { recursive: true, force: true });
  };
  const said: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => said.push(chunk));
  child.stdin.on("error", () => undefined);
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
        if (chunk.includes("Starting to serve")) resolve();
      });
      child.on("error", reject);
      child.on("exit", (code) => {
        const found = said.join("").trim();
        reject(
          new Unreachable(found === "" ? `kubectl proxy ended with code ${code ?? -1}` : found),
        );
      });
    });
  } catch (error) {
    close();
    throw error;
  }
  // Nothing of it may keep the plugin's process alive.
  child.unref();
  return { socket, close };
}
