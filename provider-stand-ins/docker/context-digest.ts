import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Ignore } from "@balena/dockerignore";
import dockerignore from "@balena/dockerignore";

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
  const ignore = readIgnore(context, dockerfile);
  for (const file of walk(context, "", ignore)) {
    const path = join(context, file);
    const stats = lstatSync(path);
    add(file.split(sep).join("/"), modeOf(stats), sha256(contentOf(path, stats)));
  }
  return total.digest("hex");
}

interface IgnoreRules {
  rules: Ignore;
  /** Whether there are rules with `!`, which include files in ignored folders. */
  exceptions: boolean;
}

/** Reads the rules of `<Dockerfile>.dockerignore` or, where there is none, of the context's `.dockerignore`. */
function readIgnore(context: string, dockerfile: string): IgnoreRules {
  const file = [`${dockerfile}.dockerignore`, join(context, ".dockerignore")].find(existsSync);
  const text = file === undefined ? "" : readFileSync(file, "utf8");
  const exceptions = /^\s*!/m.test(text);
  return { rules: dockerignore({ ignorecase: false }).add(text), exceptions };
}

function* walk(context: string, folder: string, ignore: IgnoreRules): Generator<string> {
  const entries = readdirSync(join(context, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const ignored = ignore.rules.ignores(path);
    if (entry.isDirectory()) {
      // Reading ignored folders such as node_modules takes long; only exceptions make it necessary.
      if (!ignored || ignore.exceptions) yield* walk(context, path, ignore);
    } else if (!ignored) {
      yield path;
    }
  }
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
