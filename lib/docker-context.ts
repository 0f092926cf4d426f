import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { listFiles } from "./list-files";

/** Where a build context and its Dockerfile are. */
export interface DockerContext {
  /** Folder of the build context. */
  readonly context: string;
  /** The Dockerfile. */
  readonly dockerfile: string;
}

/**
 * Lists the files and links of a build context that docker sends to the engine: all that
 * `<Dockerfile>.dockerignore` or, without one, the context's own `.dockerignore` doesn't exclude. The rules
 * are those of github.com/moby/patternmatcher, which docker, BuildKit and Pulumi's docker provider use.
 *
 * @returns paths below the context, with `/`, sorted.
 * @throws Error where a line of the file means nothing to docker.
 */
export function contextFiles({ context, dockerfile }: DockerContext): string[] {
  const file = [`${dockerfile}.dockerignore`, join(context, ".dockerignore")].find(existsSync);
  const patterns = file === undefined ? [] : parse(readFileSync(file, "utf8"), file);
  return listFiles<boolean[]>(context, (path, isFolder, above) => {
    const { ignored, matches } = match(patterns, path, above);
    return { skip: ignored && !(isFolder && mayInclude(patterns, path)), state: matches };
  });
}

/** One line of a .dockerignore. */
interface Pattern {
  /** Whether the line starts with `!`: it includes again what a line above it excluded. */
  readonly includes: boolean;
  /** The path or pattern, without `!`. */
  readonly text: string;
  readonly matches: (path: string) => boolean;
}

function parse(text: string, file: string): Pattern[] {
  return text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const includes = line.startsWith("!");
      const pattern = clean(includes ? line.slice(1).trim() : line);
      if (pattern === "") {
        throw new Error(`${file} has a line that is only "!": expected a path after it.`);
      }
      return { includes, text: pattern, matches: compile(pattern) };
    });
}

/** The path as Go's filepath.Clean writes it, from the context's folder. */
function clean(pattern: string): string {
  if (pattern === "") return "";
  // On Windows docker takes a backslash for a slash; on the other systems it escapes.
  const slashes = process.platform === "win32" ? pattern.replaceAll("\\", "/") : pattern;
  const normal = posix.normalize(slashes).replace(/(?<=.)\/$/, "");
  return normal.length > 1 ? normal.replace(/^\//, "") : normal;
}

/**
 * Applies the patterns in their order.
 *
 * @param above which patterns matched the folder of the path; they match all that is in it.
 */
function match(
  patterns: readonly Pattern[],
  path: string,
  above: readonly boolean[] | undefined,
): { ignored: boolean; matches: boolean[] } {
  let ignored = false;
  const matches = patterns.map(({ includes, matches: test }, index) => {
    // As docker does it: a line that could change nothing isn't compared, and so doesn't match the folder.
    const matched = above?.[index] === true || (includes === ignored && test(path));
    if (matched) ignored = !includes;
    return matched;
  });
  return { ignored, matches };
}

/** Whether a line may include something of an ignored folder again. */
function mayInclude(patterns: readonly Pattern[], folder: string): boolean {
  const exceptions = patterns.filter(({ includes }) => includes);
  return exceptions.some(({ text }) => /[*?[\\]/.test(text) || `${text}/`.startsWith(`${folder}/`));
}

/** The comparison that a pattern stands for. `**` at one of its ends is compared as text, as docker does it. */
function compile(pattern: string): (path: string) => boolean {
  const plain = (text: string) => !/[*?[\]\\]/.test(text);
  if (plain(pattern)) return (path) => path === pattern;
  if (pattern.startsWith("**") && plain(pattern.slice(2))) {
    const end = pattern.slice(2);
    return (path) => path.endsWith(end) || (end.startsWith("/") && path === end.slice(1));
  }
  if (pattern.endsWith("**") && plain(pattern.slice(0, -2))) {
    return (path) => path.startsWith(pattern.slice(0, -2));
  }
  const expression = new RegExp(`^${regularExpression(pattern)}$`);
  return (path) => expression.test(path);
}

/** The regular expression of a pattern with wildcards. */
function regularExpression(pattern: string): string {
  const tokens = /\*\*\/?$|\*\*\/?|\*|\?|\\.|\\$|[^*?\\]/gsu;
  return pattern.replace(tokens, (token, at: number) => {
    if (token.startsWith("**")) return at + token.length === pattern.length ? ".*" : "(.*/)?";
    if (token === "*") return "[^/]*";
    if (token === "?") return "[^/]";
    if (token.startsWith("\\")) return token.length === 1 ? "\\\\" : escape(token.slice(1));
    // Brackets are a class of characters, as in the pattern.
    return /[[\]^-]/.test(token) ? token : escape(token);
  });
}

function escape(character: string): string {
  return character.replace(/[.+()|{}$^*?[\]\\/]/, String.raw`\$&`);
}
