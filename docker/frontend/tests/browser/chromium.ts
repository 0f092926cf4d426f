import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";

const programNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Starts a headless Chromium: the one from findChromium, or else one that is installed with apt-get.
 * Throws an error with a hint when there is none and it can't be installed.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium() ?? installChromium();
  // Chromium's sandbox does not work for root, which CI runs as.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args });
}

/**
 * Returns the path in CHROMIUM_PATH, or else of the first Chromium on PATH. Throws when CHROMIUM_PATH
 * is not a program.
 */
function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM_PATH = "", PATH = "" } = env;
  if (CHROMIUM_PATH !== "") {
    if (isProgram(CHROMIUM_PATH)) return CHROMIUM_PATH;
    throw new Error(
      `CHROMIUM_PATH is ${CHROMIUM_PATH}, which is not a program; expected the path of Chromium.`,
    );
  }
  const folders = PATH.split(path.delimiter).filter((folder) => folder !== "");
  return folders
    .flatMap((folder) => programNames.map((name) => path.join(folder, name)))
    .find((candidate) => isProgram(candidate));
}

/** Installs Debian's Chromium with apt-get if this process runs as root. Throws otherwise. */
function installChromium(): string {
  const aptGet = "/usr/bin/apt-get";
  if (!isProgram(aptGet) || process.getuid?.() !== 0) {
    throw new Error(
      "The browser tests need Chromium, and none is on PATH. Install it (on Debian and Ubuntu: " +
        "sudo apt-get install chromium), or set CHROMIUM_PATH to its path.",
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "--yes", "--no-install-recommends", "chromium"];
  console.log("Installing Chromium with apt-get for the browser tests …");
  try {
    execFileSync(aptGet, install, { env, stdio: "pipe" });
  } catch {
    // The package list may be outdated.
    execFileSync(aptGet, ["update"], { env, stdio: "pipe" });
    execFileSync(aptGet, install, { env, stdio: "pipe" });
  }
  const found = findChromium();
  if (found === undefined) {
    throw new Error("apt-get has installed Chromium, but it isn't on PATH. Set CHROMIUM_PATH.");
  }
  return found;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
