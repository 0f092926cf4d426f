/**
 * `npm run bench:app`: compares the backend with FastAPI, the data models' own stack, on one PostgreSQL.
 * The two alternate, so that other load on the machine affects both. With `--check` a missed aim fails.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureDependencies } from "../../cli/bootstrap/dependencies.mjs";
import { messageOf } from "../../lib/errors";
import { lastLines, run } from "../../lib/process/run";
import { ConsoleProgress } from "../../lib/progress/console-progress";
import { BACKEND_FOLDER } from "./contenders";
import { fastapiPython } from "./fastapi-python";
import { backendCommand } from "./image-command";
import { measure, type Settings } from "./measure";
import { figures, missed, table } from "./report";

const ARTIFACTS = join(__dirname, "..", "..", "artifacts");

/** Time limit of the whole benchmark. */
const DEADLINE_MS = 20 * 60_000;

function settings(): Settings & { check: boolean } {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: "8" },
      connections: { type: "string", default: "32" },
      starts: { type: "string", default: "4" },
      check: { type: "boolean", default: false },
    },
  });
  const number = (name: "rounds" | "seconds" | "connections" | "starts"): number => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value > 0) return value;
    throw new Error(`--${name} ${values[name]}: expected a whole number above 0`);
  };
  const [rounds, seconds] = [number("rounds"), number("seconds")];
  const [connections, starts] = [number("connections"), number("starts")];
  return { rounds, seconds, connections, starts, check: values.check };
}

async function main(): Promise<void> {
  const { check, ...given } = settings();
  if (platform() !== "linux") {
    throw new Error(`This is ${platform()}. Process memory is read from /proc, which needs Linux.`);
  }
  const progress = new ConsoleProgress();
  const python = await progress.step("FastAPI's packages", fastapiPython);
  const command = await progress.step("The image's Node.js", backendCommand);
  await progress.step("The backend's build", build);
  const { runs, starts } = await measure(given, { backend: command, python }, progress);

  const rows = figures(runs, starts);
  const [cpu] = cpus();
  const machine = { cpu: cpu?.model, cpus: cpus().length, arch: arch() };
  const at = new Date().toISOString();
  const result = { at, machine, command, settings: given, rows, runs, starts };
  mkdirSync(ARTIFACTS, { recursive: true });
  writeFileSync(join(ARTIFACTS, "bench-app.json"), `${JSON.stringify(result, undefined, 2)}\n`);
  writeFileSync(join(ARTIFACTS, "bench-app.txt"), `${table(rows)}\n`);
  console.log(`\n${table(rows)}\n\nEach run is in artifacts/bench-app.json.`);
  const names = missed(rows);
  if (check && names.length > 0) {
    throw new Error(
      `Missed aims: ${names.join("; ")}. If the machine was busy, ` +
        "measure again; --rounds 5 --seconds 15 is more precise.",
    );
  }
}

async function build(): Promise<void> {
  if (!(await ensureDependencies(BACKEND_FOLDER))) throw new Error("The backend can't be built.");
  const result = await run(process.execPath, ["build.mjs"], { cwd: BACKEND_FOLDER });
  if (result.code !== 0) throw new Error(`The backend's build failed:\n${lastLines(result)}`);
}

const ends = new Promise<never>((_resolve, reject) => {
  setTimeout(() => {
    reject(new Error(`Not done within ${DEADLINE_MS / 60_000} minutes`));
  }, DEADLINE_MS).unref();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      reject(new Error(`Ended by ${signal}`));
    });
  }
});

void Promise.race([main(), ends])
  .catch((error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = 1;
  })
  .finally(() => process.exit());
