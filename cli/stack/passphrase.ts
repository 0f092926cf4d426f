import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../../lib/errors";
import { writeWhole } from "../../lib/files/write-whole";

/** The file of the passphrase: next to the local state, outside the project. */
export function passphraseFile(stateDirectory: string): string {
  return join(stateDirectory, "passphrase");
}

/**
 * Creates the passphrase that encrypts the secrets of the stacks, where there is none. Only the file's
 * owner can read it.
 *
 * @returns whether it was created now.
 * @throws UserError where the disk is full, or the file that is there is empty or cut.
 */
export function ensurePassphrase(file: string): boolean {
  if (existsSync(file)) {
    const damage = passphraseDamage(file);
    if (damage !== undefined) throw damage;
    return false;
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    // Of two commands that start together only one creates it, and both use that one.
    writeWhole(file, `${randomBytes(32).toString("base64url")}\n`, {
      mode: 0o600,
      exclusive: true,
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Returns what is wrong with the file of a passphrase, as an error. Pulumi would use an empty or cut
 * passphrase without a word.
 */
export function passphraseDamage(file: string): UserError | undefined {
  const text = readFileSync(file, "utf8");
  if (text.trim() === "" || text.includes("\0")) {
    return new UserError(
      `The passphrase file ${file} is empty: a full disk or a crash can leave it so.`,
      "Restore it from a copy. Where no stack needs it, remove it, and a new one is created. A stack that was " +
        "created while it was empty opens with PULUMI_CONFIG_PASSPHRASE='' (an empty value).",
    );
  }
  // The passphrase that is created here has 43 characters and ends its line.
  if (/^[\w-]{1,42}$/.test(text)) {
    return new UserError(
      `The passphrase file ${file} ends within its line, after ${text.length} characters: it looks cut.`,
      "Restore it from a copy. If it is whole, end its line: the end of the line isn't part of the passphrase.",
    );
  }
  return undefined;
}
