import { createHash, type Hash } from "node:crypto";
import { lstatSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * Hash of files by path, content, executable bit and link target: the same on every machine.
 *
 * @param folder where the files are.
 * @param files their paths below it, with `/`, sorted.
 * @param facts further words that the hash depends on.
 * @returns 12 hexadecimal digits.
 */
export function hashFiles(
  folder: string,
  files: readonly string[],
  facts: readonly string[] = [],
): string {
  const hash = createHash("sha256");
  for (const fact of facts) add(hash, "fact", fact);
  for (const file of files) {
    const path = join(folder, file);
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) add(hash, "link", file, readlinkSync(path));
    else add(hash, "file", file, stat.mode & 0o100 ? "x" : "-", withLineFeeds(readFileSync(path)));
  }
  return hash.digest("hex").slice(0, 12);
}

/**
 * Hash of files by path and content alone, for programs that look at nothing else. Links are followed.
 *
 * @param folder where the files are.
 * @param files their paths below it, with `/`, sorted.
 * @returns 12 hexadecimal digits.
 */
export function hashContents(folder: string, files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) add(hash, file, withLineFeeds(readFileSync(join(folder, file))));
  return hash.digest("hex").slice(0, 12);
}

/**
 * Returns the bytes with the line endings that the repository has: some check-outs write CRLF, which means
 * the same in every text here. Not so in a script with a `#!` line, which CRLF breaks, and in a binary file.
 */
export function withLineFeeds(bytes: Buffer): Buffer {
  const isText = !bytes.includes(0) && bytes.subarray(0, 2).toString("latin1") !== "#!";
  if (!isText || !bytes.includes("\r\n")) return bytes;
  return Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}

/** Lengths keep two lists of fields from running into the same bytes. */
function add(hash: Hash, ...fields: (string | Buffer)[]): void {
  for (const field of fields) hash.update(`${Buffer.byteLength(field)}:`).update(field);
}
