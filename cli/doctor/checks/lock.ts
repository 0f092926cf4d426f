import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hostname } from "node:os";
import { fileURLToPath } from "node:url";
import type { Finding } from "../finding";

/** A lock of the local file backend. */
export interface Lock {
  pid: number;
  hostname: string;
  username: string;
  timestamp: string;
}

/** Locks of a stack in a file backend; other backends keep theirs elsewhere. */
export function readLocks(backendUrl: string, project: string, stack: string): Lock[] | undefined {
  if (!backendUrl.startsWith("file://")) return undefined;
  const folder = join(
    fileURLToPath(backendUrl.replace(/^file:\/\/~/, "file://")),
    ".pulumi",
    "locks",
    "organization",
    project,
    stack,
  );
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Lock);
}

/** Whether the stack is locked, and whether the one who locked it still runs. */
export function lockFinding(
  locks: readonly Lock[] | undefined,
  stack: string,
  isRunning: (pid: number) => boolean = runs,
  here: string = hostname(),
): Finding {
  const [lock] = locks ?? [];
  if (lock === undefined) {
    return {
      check: "stack lock",
      state: "ok",
      found:
        locks === undefined ? "Pulumi's service keeps the locks." : `Stack ${stack} isn't locked.`,
    };
  }
  const since = `${lock.username}@${lock.hostname}, process ${lock.pid}, since ${lock.timestamp}`;
  if (lock.hostname === here && isRunning(lock.pid)) {
    return {
      check: "stack lock",
      state: "note",
      found: `Stack ${stack} is being updated (${since}).`,
    };
  }
  const gone = lock.hostname === here ? "which no longer runs" : "on another machine";
  return {
    check: "stack lock",
    state: "mend",
    found: `Stack ${stack} is locked by ${since}, ${gone}.`,
    fix: `\`npm run pulumi -- cancel --stack ${stack} --yes\``,
  };
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
