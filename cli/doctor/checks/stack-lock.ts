import { existsSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileBackendFolder } from "../../stack/backend";
import { stackName } from "../../stack/stack-name";
import type { Finding } from "../finding";

/** A lock of Pulumi's local file backend. */
export interface Lock {
  pid: number;
  hostname: string;
  username: string;
  timestamp: string;
}

/** A lock of which nothing can be read: a full disk cut it. Only `pulumi cancel` removes it. */
const UNREADABLE: Lock = { pid: 0, hostname: "?", username: "?", timestamp: "?" };

/** Where a stack is kept. */
export interface StackPlace {
  backendUrl: string;
  /** The folder in which Pulumi runs. */
  root: string;
  project: string;
  stack: string;
}

/**
 * Reads the locks of a stack in a file backend.
 *
 * @returns undefined for any other backend, which keeps its locks itself.
 */
export function readLocks({ backendUrl, root, project, stack }: StackPlace): Lock[] | undefined {
  const backend = fileBackendFolder(backendUrl, root);
  if (backend === undefined) return undefined;
  const folder = join(backend, ".pulumi", "locks", "organization", project, stackName(stack));
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => readLock(join(folder, name)));
}

function readLock(file: string): Lock {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Lock;
  } catch {
    return UNREADABLE;
  }
}

/** Checks whether the stack is locked, and whether the process that locked it is still running. */
export function stackLockFinding(
  locks: readonly Lock[] | undefined,
  stack: string,
  isRunning: (pid: number) => boolean = isProcessRunning,
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
    state: "fix",
    found: `Stack ${stack} is locked by ${since}, ${gone}.`,
    hint: `\`npm run pulumi -- cancel --stack ${stack} --yes\``,
  };
}

function isProcessRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is running, as another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
