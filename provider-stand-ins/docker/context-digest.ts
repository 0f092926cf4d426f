import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { lstatSync, readFileSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { contextFiles } from "../../lib/docker-context";

/**
 * Returns the digest of a build's files: the Dockerfile and what .dockerignore leaves of the context. It is
 * computed as in the official plugin, so that a stack can switch from one plugin to the other.
 */
export function contextDigest(context: string, dockerfile: string): string {
  const total = createHash("sha256");
  const add = (name: string, mode: string, content: Buffer): void => {
    total.update(name).update(mode).update(content).update(Buffer.of(0));
  };
  // The name is fixed: what a Dockerfile is called makes no difference to the image.
  add("Dockerfile", "----------", sha256(readFileSync(dockerfile)));
  for (const file of inOrderOfFolders(contextFiles({ context, dockerfile }))) {
    const path = join(context, file);
    const stats = lstatSync(path);
    add(file, modeOf(stats), sha256(contentOf(path, stats)));
  }
  return total.digest("hex");
}

/** Sorts paths as a walk finds them: each folder's entries by name. */
function inOrderOfFolders(paths: readonly string[]): string[] {
  const keyed = paths.map((path) => ({ path, key: path.replaceAll("/", "\0") }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ path }) => path);
}

/** Returns a file's bytes; for a link, the path of its target. */
function contentOf(path: string, stats: Stats): Buffer {
  if (stats.isSymbolicLink()) {
    const target = relative(process.cwd(), realpathSync(path));
    return Buffer.from(target.split(sep).join("/"));
  }
  return stats.isFile() ? readFileSync(path) : Buffer.alloc(0);
}

/** Formats the mode as Go does: `-rw-r--r--`, `Lrwxrwxrwx`, `urwxr-xr-x`. */
function modeOf(stats: Stats): string {
  const letters = [
    stats.isSymbolicLink() ? "L" : "",
    stats.isFIFO() ? "p" : "",
    stats.isSocket() ? "S" : "",
    (stats.mode & 0o4000) !== 0 ? "u" : "",
    (stats.mode & 0o2000) !== 0 ? "g" : "",
    (stats.mode & 0o1000) !== 0 ? "t" : "",
  ].join("");
  const bits = Array.from("rwxrwxrwx", (letter, index) =>
    (stats.mode & (0o400 >> index)) === 0 ? "-" : letter,
  );
  return (letters === "" ? "-" : letters) + bits.join("");
}

function sha256(content: Buffer): Buffer {
  return createHash("sha256").update(content).digest();
}
