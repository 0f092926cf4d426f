import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs `work` while no other process holds the same lock file. The file names its owner, so that a
 * lock left by a process that was killed counts for nothing.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  onWait: (owner: string) => void = () => undefined,
): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!take(file)) {
    await sleep(500);
    const owner = ownerOf(file);
    if (owner === undefined) continue;
    const [pid = "", since = ""] = owner.split(" ");
    if (startOf(pid) !== since) {
      rmSync(file, { force: true });
    } else if (!told) {
      onWait(pid);
      told = true;
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  const pid = String(process.pid);
  try {
    writeFileSync(file, `${pid} ${startOf(pid) ?? ""}`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** The owner as written, or undefined while the file is being written or has just gone. */
function ownerOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8") || undefined;
  } catch {
    return undefined;
  }
}

/**
 * When a process was started, in the kernel's ticks: a number that is used again belongs to a process
 * with another start. Undefined where there is no such process.
 */
function startOf(pid: string): string | undefined {
  try {
    // The second field is the program's name in brackets, and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ");
    return fields?.[19];
  } catch {
    return undefined;
  }
}
