import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

const MAIN = resolve(__dirname, "../../../../provider-stand-ins/random/main.ts");

/** Starts the plugin as the engine does, and waits for its port. */
async function start(): Promise<{ child: ChildProcess; port: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, "127.0.0.1:1"], {
    stdio: "pipe",
  });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  return { child, port: port.toString() };
}

describe("stand-ins: the plugin's process", () => {
  it("prints its port, and exits when the engine closes its standard input", async () => {
    const { child, port } = await start();
    assert.match(port, /^\d+\n$/);
    child.stdin?.end();
    assert.deepEqual(await once(child, "exit"), [0, null]);
  });

  it("exits on SIGINT, by which the engine ends plugins", async () => {
    const { child } = await start();
    child.kill("SIGINT");
    assert.deepEqual(await once(child, "exit"), [0, null]);
  });
});
