import { spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { attempt, run } from "./core/command";
import { together } from "./core/once";
import { logFile } from "./core/paths";
import { ensure } from "./core/recipe";
import { hasSysResource } from "./machine";
import { ensurePackages } from "./sources/debian";
import { programRecipe } from "./toolchain";
import type { Progress } from "../lib/progress/progress";

const configuration = "/etc/docker/daemon.json";
/** Outside the cache, which may be deleted while the engine goes on. */
const runtimeFile = "/usr/local/sbin/runc-here";
const runtimeName = "runc-here";
const startTimeout = 60_000;

/** Debian's docker client, which goes with its engine; otherwise the one on PATH. */
export function docker(): string {
  return existsSync("/usr/bin/docker") ? "/usr/bin/docker" : "docker";
}

/** What an engine says about itself; undefined where none answers. */
export async function engineInfo(): Promise<
  { version: string; storage: string; runtime: string } | undefined
> {
  const format = "{{json .ServerVersion}} {{json .Driver}} {{json .DefaultRuntime}}";
  const { code, stdout } = await attempt([docker(), "info", "--format", format]);
  const [version, storage, runtime] = stdout.trim().replaceAll('"', "").split(" ");
  if (code !== 0 || !version || !storage || !runtime) return undefined;
  return { version, storage, runtime };
}

/** Makes a docker engine answer that can run Minikube's node: Debian's, where there is none. */
export function ensureEngine(progress: Progress): Promise<void> {
  return together("engine", () => bringEngine(progress));
}

async function bringEngine(progress: Progress): Promise<void> {
  const wrapped = !hasSysResource();
  const fits = (engine: { runtime: string } | undefined) =>
    engine !== undefined && (!wrapped || engine.runtime === runtimeName);

  const found = await engineInfo();
  if (fits(found)) return;
  const host = process.env.DOCKER_HOST;
  if (found === undefined && host !== undefined && host !== "") {
    throw new Error(
      `DOCKER_HOST is ${host}, and no docker engine answers there. What to do: start that engine, or unset DOCKER_HOST to use this machine's own.`,
    );
  }

  await progress.step("docker engine", async () => {
    await Promise.all([
      wrapped ? installRuntime(progress) : undefined,
      ensurePackages(["docker.io", "iptables"], progress),
    ]);
    // The package may have started the engine by itself.
    const engine = await engineInfo();
    if (fits(engine)) return;
    if (engine === undefined) await start();
    else await reload(progress);
    if (!(await until(async () => fits(await engineInfo())))) throw notStarted(wrapped);
  });
}

/** Puts runc-here where the engine finds it, and makes it the engine's default runtime. */
async function installRuntime(progress: Progress): Promise<void> {
  const directory = await ensure(programRecipe("runc-here"), progress);
  mkdirSync(dirname(runtimeFile), { recursive: true });
  copyFileSync(join(directory, "runc-here"), `${runtimeFile}.new`);
  renameSync(`${runtimeFile}.new`, runtimeFile);
  const text = existsSync(configuration) ? readFileSync(configuration, "utf8") : undefined;
  mkdirSync(dirname(configuration), { recursive: true });
  writeFileSync(configuration, withRuntime(text));
}

/** The engine's configuration with runc-here in it, and everything else as it was. */
export function withRuntime(text: string | undefined): string {
  let before: Record<string, unknown>;
  try {
    before = JSON.parse(text === undefined || text.trim() === "" ? "{}" : text) as typeof before;
  } catch (error) {
    throw new Error(
      `${configuration} is not valid JSON (${(error as Error).message}). What to do: correct or remove that file.`,
      { cause: error },
    );
  }
  const runtimes = (before.runtimes ?? {}) as Record<string, unknown>;
  const after = {
    ...before,
    runtimes: { ...runtimes, [runtimeName]: { path: runtimeFile } },
    "default-runtime": runtimeName,
  };
  return `${JSON.stringify(after, null, 2)}\n`;
}

/** Starts the engine by the system's own means, or in the background where it has none. */
async function start(): Promise<void> {
  // Its network drivers look for kernel modules there, and give up without the folder.
  mkdirSync("/lib/modules", { recursive: true });
  if (existsSync("/run/systemd/system")) {
    await run(["systemctl", "start", "docker"], {
      hint: "see journalctl -u docker for the cause, and run the same command again.",
    });
    return;
  }
  mkdirSync(dirname(logFile("dockerd")), { recursive: true });
  const log = openSync(logFile("dockerd"), "w");
  const daemon = spawn("dockerd", [], {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin` },
  });
  // Whether it runs is asked of the engine itself; a failure to start shows there and in the log.
  daemon.on("error", () => undefined);
  daemon.unref();
}

/** Makes a running engine read its configuration again; containers go on. */
async function reload(progress: Progress): Promise<void> {
  progress.note(`the docker engine reads ${configuration} again, for the runtime ${runtimeName}`);
  const pid = readFileSync("/var/run/docker.pid", "utf8").trim();
  await run(["kill", "-HUP", pid], {
    hint: "restart the docker engine yourself, and run the same command again.",
  });
}

async function until(holds: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + startTimeout;
  while (Date.now() < end) {
    if (await holds()) return true;
    await sleep(250);
  }
  return false;
}

function notStarted(wrapped: boolean): Error {
  const file = logFile("dockerd");
  const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-12) : [];
  return new Error(
    [
      `No docker engine answers after ${startTimeout / 1000} s${wrapped ? ` with ${runtimeName} as its default runtime` : ""}.`,
      ...lines.map((line) => `    ${line}`),
      `All of its output: ${file}`,
      "What to do: remove the cause that its last lines name, or start a docker engine yourself, and run the same command again.",
    ].join("\n"),
  );
}
