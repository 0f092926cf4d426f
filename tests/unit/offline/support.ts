import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Progress } from "../../../lib/progress/progress";

/** A progress report that is kept, as lines. */
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

/** Runs a test with a cache folder of its own, which is gone afterwards. */
export async function inFreshCache(test: (directory: string) => Promise<void>): Promise<void> {
  const before = process.env.XDG_CACHE_HOME;
  const directory = mkdtempSync(join(tmpdir(), "sandbox-test-"));
  process.env.XDG_CACHE_HOME = directory;
  try {
    await test(directory);
  } finally {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    rmSync(directory, { recursive: true, force: true });
  }
}
