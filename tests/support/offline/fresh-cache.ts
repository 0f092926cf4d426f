import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Progress } from "../../../lib/progress/progress";

/** Creates a progress report that keeps titles and notes as lines. */
export function recorder(): Progress & { lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    step: (title, work) => {
      lines.push(title);
      return work();
    },
    note: (line) => {
      lines.push(`note: ${line}`);
    },
  };
}

/** Runs a test with an empty cache folder, which is deleted afterwards. */
export async function inFreshCache(test: (directory: string) => Promise<void>): Promise<void> {
  const before = process.env.XDG_CACHE_HOME;
  const directory = mkdtempSync(join(tmpdir(), "offline-test-"));
  process.env.XDG_CACHE_HOME = directory;
  try {
    await test(directory);
  } finally {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    rmSync(directory, { recursive: true, force: true });
  }
}
