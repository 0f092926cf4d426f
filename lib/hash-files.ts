import { createHash, type Hash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
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
    else add(hash, "file", file, stat.mode & 0o100 ? "x" : "-", readFileSync(path));
  }
  return hash.digest("hex").slice(0, 12);
}

/** Lengths keep two lists of fields from running into the same bytes. */
function add(hash: Hash, ...fields: (string | Buffer)[]): void {
  for (const field of fields) hash.update(`${Buffer.byteLength(field)}:`).update(field);
}

/**
 * Files and links below a folder, sorted, as paths with `/`.
 *
 * @param skip says which paths are left out; a folder that it leaves out isn't entered.
 */
export function listFiles(
  folder: string,
  skip: (path: string, isFolder: boolean) => boolean = () => false,
): string[] {
  const files: string[] = [];
  const visit = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (skip(path, entry.isDirectory())) continue;
      if (entry.isDirectory()) visit(path);
      else files.push(path);
    }
  };
  visit("");
  return files.sort();
}
