/** Stand-ins for command-line programs: small scripts, first on PATH while a test runs. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A folder of scripts on PATH, and what they wrote down. */
export class Programs {
  readonly folder = mkdtempSync(join(tmpdir(), "plugin-tests-"));
  private readonly path = process.env.PATH ?? "";

  constructor() {
    process.env.PATH = `${this.folder}${delimiter}${this.path}`;
  }

  /** Adds a program. In its script, $LOG is a file in which it can leave what it saw. */
  add(name: string, script: string): void {
    const file = join(this.folder, name);
    writeFileSync(file, `#!/bin/sh\nLOG='${this.log}'\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** Sets variables that scripts read from "$LOG.mood". */
  mood(assignment: string): void {
    writeFileSync(`${this.log}.mood`, `${assignment}\n`);
  }

  /** What the programs wrote down so far. */
  seen(): string {
    return existsSync(this.log) ? readFileSync(this.log, "utf8") : "";
  }

  /** Takes the folder away again. */
  remove(): void {
    process.env.PATH = this.path;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get log(): string {
    return join(this.folder, "seen.log");
  }
}
