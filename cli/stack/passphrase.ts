import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The file of the passphrase: next to the local state, outside the project. */
export function passphraseFile(stateDirectory: string): string {
  return join(stateDirectory, "passphrase");
}

/**
 * Creates the passphrase that encrypts the secrets of the stacks, where there is none. Only the file's
 * owner can read it.
 *
 * @returns whether it was created now.
 */
export function ensurePassphrase(file: string): boolean {
  if (existsSync(file)) return false;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    // "wx": of two commands that start together only one creates it, and both use that one.
    writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
