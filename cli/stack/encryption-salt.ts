import { createDecipheriv, pbkdf2 } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { promisify } from "node:util";
import { UserError } from "../../lib/errors";
import { writeWhole } from "../../lib/files/write-whole";
import type { Progress } from "../../lib/progress/progress";

const line = /^encryptionsalt:[ \t]*(.*)\r?\n?/m;
const encrypted = /^\s*(?:- )?(?:secure|"secure"):|\{\s*"?secure"?:/m;

/** Returns whether a stack's file has the salt of a passphrase. */
export function hasSalt(file: string): boolean {
  return existsSync(file) && line.test(readFileSync(file, "utf8"));
}

/**
 * Makes a stack's file usable with the user's passphrase. Pulumi writes a check for the passphrase into the
 * file, `encryptionsalt`, and refuses everyone who has another passphrase, also where nothing is encrypted.
 * There the salt is removed, and Pulumi makes another one.
 *
 * @throws UserError where the file has values that were encrypted with another passphrase.
 */
export async function ensureFittingSalt(
  file: string,
  env: NodeJS.ProcessEnv,
  progress: Pick<Progress, "note">,
): Promise<void> {
  if (!hasSalt(file)) return;
  const text = readFileSync(file, "utf8");
  const salt = (line.exec(text)?.[1] ?? "").trim().replace(/^(["'])(.*)\1$/, "$2");
  const passphrase = passphraseOf(env);
  if (passphrase === undefined || (await fits(salt, passphrase))) return;
  const name = basename(file);
  if (encrypted.test(text)) {
    throw new UserError(
      `${name} has values that were encrypted with another passphrase than yours.`,
      `Ask the person who encrypted them (\`git log -S encryptionsalt -- ${name}\` names them) for the passphrase: ` +
        "`npm run doctor` shows where theirs is. Send it over a safe channel, never by git, and set " +
        "PULUMI_CONFIG_PASSPHRASE_FILE to a file that contains it. With their passphrase, " +
        "`npm run pulumi -- stack change-secrets-provider passphrase` sets a common one.",
    );
  }
  dropUnusedSalt(file);
  progress.note(
    `${name} had the passphrase check of another user (encryptionsalt), and nothing encrypted: it is removed, ` +
      "Pulumi makes one for your passphrase. Neither has to be committed",
  );
}

/** Removes the salt from a stack's file where nothing in it is encrypted. */
export function dropUnusedSalt(file: string): void {
  if (!hasSalt(file)) return;
  const text = readFileSync(file, "utf8");
  if (!encrypted.test(text)) writeWhole(file, text.replace(line, ""));
}

/** Returns the passphrase as Pulumi reads it; undefined where Pulumi would have to ask for it. */
function passphraseOf(env: NodeJS.ProcessEnv): string | undefined {
  if (env.PULUMI_CONFIG_PASSPHRASE !== undefined) return env.PULUMI_CONFIG_PASSPHRASE;
  const file = env.PULUMI_CONFIG_PASSPHRASE_FILE;
  if (!file || !existsSync(file)) return undefined;
  return readFileSync(file, "utf8").trim();
}

/**
 * Whether a salt was made with a passphrase: `v1:<salt>:v1:<nonce>:<text>`, where the text is "pulumi",
 * encrypted (sdk/go/common/resource/config/crypt.go of Pulumi). A salt in another form is left to Pulumi.
 */
async function fits(salt: string, passphrase: string): Promise<boolean> {
  const parts = /^v1:([^:]+):v1:([^:]+):([^:]+)$/.exec(salt)?.slice(1);
  if (parts === undefined) return true;
  const [random, nonce, sealed] = parts.map((part) => Buffer.from(part, "base64"));
  if (random === undefined || nonce === undefined || sealed === undefined) return true;
  const key = await promisify(pbkdf2)(passphrase, random, 1_000_000, 32, "sha256");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, nonce);
    decipher.setAuthTag(sealed.subarray(-16));
    const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    return text.toString("utf8") === "pulumi";
  } catch {
    return false;
  }
}
