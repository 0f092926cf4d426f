import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Starts a browser without a window. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium() ?? installChromium();
  // Chromium's own sandbox refuses to run as root, as in CI.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args });
}

/** The browser that CHROMIUM_PATH names, or the first one on PATH. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM_PATH: named = "", PATH = "" } = env;
  if (named !== "") {
    if (isProgram(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, which is no program; expected Chromium's path.`);
  }
  const folders = PATH.split(path.delimiter).filter((folder) => folder !== "");
  return folders
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
    .find((candidate) => isProgram(candidate));
}

/** Installs Debian's Chromium, where that can be done without asking anybody. */
function installChromium(): string {
  const apt = findApt();
  if (apt === undefined || process.getuid?.() !== 0) {
    throw new Error(
      "The browser tests need Chromium, and none is on PATH. Install it (on Debian and Ubuntu: " +
        "sudo apt-get install chromium), or name one by CHROMIUM_PATH.",
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "--yes", "--no-install-recommends", "chromium"];
  console.log("Installing Chromium by apt-get for the browser tests …");
  try {
    execFileSync(apt, install, { env, stdio: "pipe" });
  } catch {
    // The list of packages may be older than the archive.
    execFileSync(apt, ["update"], { env, stdio: "pipe" });
    execFileSync(apt, install, { env, stdio: "pipe" });
  }
  const found = findChromium();
  if (found === undefined) throw new Error("apt-get has installed Chromium, but it isn't on PATH.");
  return found;
}

function findApt(): string | undefined {
  return ["/usr/bin/apt-get"].find((candidate) => isProgram(candidate));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
