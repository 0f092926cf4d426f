import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Fake command-line programs: shell scripts in a folder that comes first on PATH while a test runs. */
export class FakePrograms {
  readonly folder = mkdtempSync(join(tmpdir(), "plugin-tests-"));
  readonly #path = process.env.PATH ?? "";

  constructor() {
    process.env.PATH = `${this.folder}${delimiter}${this.#path}`;
  }

  /** Adds a program. Its script can append to the file $LOG what it was called with. */
  add(name: string, script: string): void {
    const file = join(this.folder, name);
    writeFileSync(file, `#!/bin/sh\nLOG='${this.#logFile}'\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** Sets a variable that scripts read from the file "$LOG.variables". */
  setVariable(assignment: string): void {
    writeFileSync(`${this.#logFile}.variables`, `${assignment}\n`);
  }

  /** Returns what the programs have written to $LOG. */
  log(): string {
    return existsSync(this.#logFile) ? readFileSync(this.#logFile, "utf8") : "";
  }

  /** Restores PATH and removes the folder. */
  remove(): void {
    process.env.PATH = this.#path;
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #logFile(): string {
    return join(this.folder, "calls.log");
  }
}
