import { createDecipheriv, pbkdf2 } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";
import { type Document, isMap, isScalar, parseDocument } from "yaml";
import { UserError } from "../../lib/errors";
import { writeWhole } from "../../lib/files/write-whole";
import type { Progress } from "../../lib/progress/progress";
import { isObject } from "../../lib/pulumi/values";
import { hasSecret } from "./stack-config";

const KEY = "encryptionsalt";

/** Another user's salt: `needed` where values are encrypted with it, else `unused`. */
export type ForeignSalt = "needed" | "unused";

/** Returns whether a stack's file has the salt of a passphrase. In one that can't be parsed, its name counts. */
export function hasSalt(file: string): boolean {
  if (!existsSync(file)) return false;
  const text = readFileSync(file, "utf8");
  const content = parsed(text)?.content;
  return content === undefined ? text.includes(KEY) : KEY in content;
}

/**
 * Returns whether the salt in a stack's file was made with another passphrase than the user's. Pulumi then
 * refuses to go on, also where nothing is encrypted.
 *
 * @returns undefined where it fits, there is none, or only Pulumi can tell.
 */
export async function foreignSalt(
  file: string,
  env: NodeJS.ProcessEnv,
): Promise<ForeignSalt | undefined> {
  if (!hasSalt(file)) return undefined;
  const text = readFileSync(file, "utf8");
  const content = parsed(text)?.content;
  const salt = content?.[KEY];
  const passphrase = passphraseOf(env);
  if (content === undefined || typeof salt !== "string" || passphrase === undefined)
    return undefined;
  if (await fits(salt, passphrase)) return undefined;
  const provider = content.encryptedkey ?? content.secretsprovider;
  if (provider !== undefined && provider !== "passphrase") return undefined;
  if (hasSecret(content)) return "needed";
  return withoutUnusedSalt(text) === undefined ? undefined : "unused";
}

/**
 * Makes a stack's file usable with the user's passphrase: another user's salt is removed where nothing is
 * encrypted, and Pulumi makes another one.
 *
 * @throws UserError where the file has values that were encrypted with another passphrase.
 */
export async function ensureFittingSalt(
  file: string,
  env: NodeJS.ProcessEnv,
  progress: Pick<Progress, "note">,
): Promise<void> {
  const foreign = await foreignSalt(file, env);
  if (foreign === undefined) return;
  if (foreign === "needed") throw neededSaltError(file);
  dropUnusedSalt(file);
  progress.note(
    `${basename(file)} had the passphrase check of another user (encryptionsalt), and nothing encrypted: it is ` +
      "removed, Pulumi makes one for your passphrase. Neither has to be committed",
  );
}

/** Returns the error that says whose passphrase is needed, and how to share it. */
export function neededSaltError(file: string): UserError {
  const name = basename(file);
  return new UserError(
    `${name} has values that were encrypted with another passphrase than yours.`,
    `Ask the person who encrypted them (\`git log -S encryptionsalt -- ${name}\` names them) for the passphrase: ` +
      "`npm run doctor` shows where theirs is. Send it over a safe channel, never by git, and set " +
      "PULUMI_CONFIG_PASSPHRASE_FILE to a file that contains it. With their passphrase, " +
      "`npm run pulumi -- stack change-secrets-provider passphrase` sets a common one.",
  );
}

/** Removes the salt from a stack's file where nothing needs it. Everything else stays as it is written. */
export function dropUnusedSalt(file: string): void {
  if (!existsSync(file)) return;
  const text = withoutUnusedSalt(readFileSync(file, "utf8"));
  if (text !== undefined) writeWhole(file, text);
}

/** Returns a stack's file without its salt; undefined where it has none, or something may need it. */
function withoutUnusedSalt(text: string): string | undefined {
  const { document, content } = parsed(text) ?? {};
  if (content === undefined || hasSecret(content)) return undefined;
  // A key that another secrets provider manages encrypts more than this file shows.
  if ("encryptedkey" in content || "secretsprovider" in content) return undefined;
  const pair = isMap(document?.contents)
    ? document.contents.items.find(({ key }) => isScalar(key) && key.value === KEY)
    : undefined;
  if (!isScalar(pair?.key) || !isScalar(pair.value)) return undefined;
  const start = pair.key.range[0];
  const end = pair.value.range[1];
  const next = text[end - 1] === "\n" ? end : text.indexOf("\n", end) + 1;
  const rest = text.slice(0, start) + (next === 0 ? "" : text.slice(next));
  // The salt in braces, or with an anchor, can't be cut out by lines.
  const { [KEY]: _, ...others } = content;
  return isDeepStrictEqual(parsed(rest)?.content, others) ? rest : undefined;
}

/** Parses a stack's file; undefined where it isn't valid YAML, or no mapping. */
function parsed(
  text: string,
): { document: Document.Parsed; content: Record<string, unknown> } | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  try {
    const content: unknown = document.toJS() ?? {};
    return isObject(content) ? { document, content } : undefined;
  } catch {
    // An alias without its anchor.
    return undefined;
  }
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
