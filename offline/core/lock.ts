import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writeWhole } from "../../lib/files/write-whole";

/**
 * Runs a task while no other process holds the same lock file. The file names the process that holds
 * it, so a lock that a killed process left behind is ignored.
 *
 * @param onWait called once, with the ID of the process that holds the lock.
 */
export async function withLock<T>(
  file: string,
  task: () => Promise<T>,
  onWait: (pid: string) => void = () => undefined,
): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  let reported = false;
  while (!take(file)) {
    await sleep(500);
    const holder = holderOf(file);
    if (holder === undefined) continue;
    const [pid = "", startTime = ""] = holder.split(" ");
    if (startTimeOf(pid) !== startTime) {
      rmSync(file, { force: true });
    } else if (!reported) {
      onWait(pid);
      reported = true;
    }
  }
  try {
    return await task();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  const pid = String(process.pid);
  try {
    writeWhole(file, `${pid} ${startTimeOf(pid) ?? ""}`, { exclusive: true });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** The content of the lock file, empty where a full disk left it so; undefined where it was just removed. */
function holderOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/**
 * The start time of a process in kernel ticks, which distinguishes processes that had the same ID.
 * Undefined where there is no such process.
 */
function startTimeOf(pid: string): string | undefined {
  try {
    // The second field is the program's name in brackets, and may contain spaces and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ");
    return fields?.[19];
  } catch {
    return undefined;
  }
}
