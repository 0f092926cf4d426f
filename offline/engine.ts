import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf, UserError } from "../lib/errors";
import { writeWhole } from "../lib/files/write-whole";
import { nonEmpty } from "../lib/paths";
import { environmentWith, lastLines, run, runOrThrow } from "../lib/process/run";
import type { Progress } from "../lib/progress/progress";
import { shareRun } from "./core/once";
import { logFile } from "./core/paths";
import { ensure } from "./core/recipe";
import { hasSysResource } from "./machine";
import { ensurePackages } from "./sources/debian";
import { programRecipe } from "./toolchain";

const CONFIGURATION = "/etc/docker/daemon.json";
/** Outside the cache, because a user may delete the cache while the engine runs. */
const RUNTIME_FILE = "/usr/local/sbin/runc-here";
const RUNTIME_NAME = "runc-here";
const START_TIMEOUT_MS = 60_000;

/** The docker client: Debian's, which belongs to its engine, otherwise the one on PATH. */
export function docker(): string {
  return existsSync("/usr/bin/docker") ? "/usr/bin/docker" : "docker";
}

/** What a docker engine reports about itself. */
export interface EngineInfo {
  version: string;
  /** The storage driver, such as `overlay2`. */
  storage: string;
  /** The default runtime, such as `runc`. */
  runtime: string;
}

/** Asks the docker engine about itself. Returns undefined where none answers. */
export async function engineInfo(): Promise<EngineInfo | undefined> {
  const format = "{{json .ServerVersion}} {{json .Driver}} {{json .DefaultRuntime}}";
  const { code, stdout } = await run(docker(), ["info", "--format", format]);
  const [version, storage, runtime] = stdout.trim().replaceAll('"', "").split(" ");
  if (code !== 0 || !version || !storage || !runtime) return undefined;
  return { version, storage, runtime };
}

/** Provides a docker engine that can run Minikube's node: installs Debian's where there is none. */
export function ensureEngine(progress: Progress): Promise<void> {
  return shareRun("engine", () => provideEngine(progress));
}

async function provideEngine(progress: Progress): Promise<void> {
  const wrapped = !hasSysResource();
  const fits = (engine: EngineInfo | undefined) =>
    engine !== undefined && (!wrapped || engine.runtime === RUNTIME_NAME);

  const found = await engineInfo();
  if (fits(found)) return;
  const other = otherEngine(await currentEndpoint(), found);
  if (other !== undefined) throw other;

  await progress.step("docker engine", async () => {
    await Promise.all([
      wrapped ? installRuntime(progress) : undefined,
      ensurePackages(["docker.io", "iptables"], progress),
    ]);
    // The package may have started the engine.
    const engine = await engineInfo();
    if (fits(engine)) return;
    if (engine === undefined) await start();
    else await reload(progress);
    if (!(await until(async () => fits(await engineInfo())))) throw notStarted(wrapped);
  });
}

/** The address of the engine that this file installs and configures. */
const OWN_ENDPOINT = "unix:///var/run/docker.sock";

/** Returns the address that docker commands use, by DOCKER_HOST or the current context; undefined without docker. */
async function currentEndpoint(): Promise<string | undefined> {
  const format = "{{.Endpoints.docker.Host}}";
  const { code, stdout } = await run(docker(), ["context", "inspect", "--format", format]);
  return code === 0 ? nonEmpty(stdout.trim()) : nonEmpty(process.env.DOCKER_HOST);
}

/**
 * Returns why an engine at another address than this machine's can't be used; undefined for this machine's.
 * To configure this machine's engine would not help then.
 */
export function otherEngine(
  endpoint: string | undefined,
  found: EngineInfo | undefined,
): UserError | undefined {
  if (endpoint === undefined || endpoint === OWN_ENDPOINT) return undefined;
  const problem =
    found === undefined
      ? "no docker engine answers there"
      : `its default runtime is ${found.runtime}; a machine without CAP_SYS_RESOURCE needs ${RUNTIME_NAME}`;
  return new UserError(
    `docker commands use ${endpoint} (DOCKER_HOST, or docker's current context), and ${problem}.`,
    "Use the engine of this machine: unset DOCKER_HOST and DOCKER_CONTEXT, `docker context use default`.",
  );
}

/** Installs runc-here outside the cache and configures it as the engine's default runtime. */
async function installRuntime(progress: Progress): Promise<void> {
  const directory = await ensure(programRecipe("runc-here"), progress);
  mkdirSync(dirname(RUNTIME_FILE), { recursive: true });
  copyFileSync(join(directory, "runc-here"), `${RUNTIME_FILE}.new`);
  renameSync(`${RUNTIME_FILE}.new`, RUNTIME_FILE);
  const text = existsSync(CONFIGURATION) ? readFileSync(CONFIGURATION, "utf8") : undefined;
  mkdirSync(dirname(CONFIGURATION), { recursive: true });
  writeWhole(CONFIGURATION, withRuntime(text));
}

/**
 * Adds runc-here to the engine's configuration as the default runtime, and keeps everything else.
 *
 * @param text the content of daemon.json; undefined where there is none.
 * @throws UserError where it is not valid JSON.
 */
export function withRuntime(text: string | undefined): string {
  let before: Record<string, unknown>;
  try {
    before = JSON.parse(text === undefined || text.trim() === "" ? "{}" : text) as typeof before;
  } catch (error) {
    throw new UserError(
      `${CONFIGURATION} is not valid JSON (${messageOf(error)}).`,
      "Correct or remove that file.",
      { cause: error },
    );
  }
  const runtimes = (before.runtimes ?? {}) as Record<string, unknown>;
  const after = {
    ...before,
    runtimes: { ...runtimes, [RUNTIME_NAME]: { path: RUNTIME_FILE } },
    "default-runtime": RUNTIME_NAME,
  };
  return `${JSON.stringify(after, null, 2)}\n`;
}

/** Starts the engine with systemd, or as a background process where the machine has no systemd. */
async function start(): Promise<void> {
  // dockerd's network drivers look for kernel modules in this folder, and fail where it doesn't exist.
  mkdirSync("/lib/modules", { recursive: true });
  if (existsSync("/run/systemd/system")) {
    await runOrThrow("systemctl", ["start", "docker"], {
      hint: "See journalctl -u docker for the cause, and run the same command again.",
    });
    return;
  }
  mkdirSync(dirname(logFile("dockerd")), { recursive: true });
  const log = openSync(logFile("dockerd"), "w");
  // Not lib's `run`: the engine outlives this process, so it must not write to pipes of this process
  // and must not be ended with it.
  const daemon = spawn("dockerd", [], {
    detached: true,
    stdio: ["ignore", log, log],
    env: environmentWith({ PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin` }),
  });
  // Ignored here: the caller asks the engine whether it runs, and shows its log where it does not.
  daemon.on("error", () => undefined);
  daemon.unref();
}

/** Makes the running engine read its configuration again. Containers keep running. */
async function reload(progress: Progress): Promise<void> {
  progress.note(`the docker engine reads ${CONFIGURATION} again, for the runtime ${RUNTIME_NAME}`);
  const pid = readFileSync("/var/run/docker.pid", "utf8").trim();
  await runOrThrow("kill", ["-HUP", pid], {
    hint: "Restart the docker engine yourself, and run the same command again.",
  });
}

async function until(condition: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < end) {
    if (await condition()) return true;
    await sleep(250);
  }
  return false;
}

function notStarted(wrapped: boolean): UserError {
  const file = logFile("dockerd");
  const printed = existsSync(file) ? readFileSync(file, "utf8") : "";
  const lines = printed === "" ? [] : lastLines({ stdout: printed, stderr: "" }).split("\n");
  const runtime = wrapped ? ` with ${RUNTIME_NAME} as its default runtime` : "";
  return new UserError(
    [
      `No docker engine answers after ${START_TIMEOUT_MS / 1000} s${runtime}.`,
      ...lines.map((line) => `    ${line}`),
      `The complete output is in ${file}`,
    ].join("\n"),
    "Fix the cause that its last lines name, or start a docker engine yourself, and run the same command again.",
  );
}
