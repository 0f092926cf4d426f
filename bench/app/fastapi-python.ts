import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { directories } from "../../lib/paths";
import { lastLines, run as runProgram } from "../../lib/process/run";
import { FASTAPI_FOLDER } from "./contenders";

const PRINT_VERSION = "import sys; print('%d.%d' % sys.version_info[:2])";
const VERSION = "3.11";

/**
 * Returns the Python of a virtual environment with the packages of requirements.txt. It is created once
 * for each content of that file, in the cache folder.
 *
 * @throws Error where there is no Python 3.11, or a package can't be installed.
 */
export async function fastapiPython(): Promise<string> {
  const requirements = join(FASTAPI_FOLDER, "requirements.txt");
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const folder = join(directories().cache, "bench", `fastapi-${hash}`);
  const python = join(folder, "bin", "python");
  // Written last: a folder without it was left by an interrupted installation.
  const complete = join(folder, "complete");
  if (existsSync(complete)) return python;
  const base = await findPython();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run(base, ["-m", "venv", folder]);
  await run(python, [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
    ...["--require-hashes", "--requirement", requirements],
  ]);
  await writeFile(complete, "");
  return python;
}

async function findPython(): Promise<string> {
  const found: string[] = [];
  for (const name of [`python${VERSION}`, "python3", "python"]) {
    const { code, stdout } = await runProgram(name, ["-c", PRINT_VERSION], { timeoutMs: 10_000 });
    if (code === 0 && stdout.trim() === VERSION) return name;
    if (code === 0) found.push(`${name} is ${stdout.trim()}`);
  }
  throw new Error(
    `The benchmark needs Python ${VERSION}, which isn't on PATH ` +
      `(${found.join(", ") || "found no Python"}). Install it with its venv module.`,
  );
}

async function run(file: string, args: readonly string[]): Promise<void> {
  const result = await runProgram(file, args, { timeoutMs: 300_000 });
  if (result.code === 0) return;
  throw new Error(`\`${file} ${args.slice(0, 3).join(" ")}\` failed:\n${lastLines(result)}`);
}
