import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where the passphrase of the local state is kept: beside the state, outside the project. */
export function passphraseFile(stateDirectory: string): string {
  return join(stateDirectory, "passphrase");
}

/**
 * Makes the passphrase that encrypts the secrets of the stacks, where there is none yet. Only its owner
 * can read the file.
 *
 * @returns true where it was made now
 */
export function ensurePassphrase(file: string): boolean {
  if (existsSync(file)) return false;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    // "wx": of two commands that start together only one makes it, and both use that one.
    writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
