import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A reference of a document that leads nowhere. */
export interface BrokenReference {
  /** The reference as the document writes it. */
  readonly reference: string;

  /** What was expected. */
  readonly expected: string;
}

/** Folders that git doesn't track: a path in one of them exists only after a build. */
const untracked = /(^|\/)(node_modules|dist|\.next|artifacts)(\/|$)/;

/** File endings that tell a path from other text with a slash in it. */
const fileEnding = /\.(ts|tsx|mjs|json|ya?ml|md|tpl|txt|sql|sh|py|css|png|mod|sum)$/;

/**
 * Returns every reference of a Markdown document that leads nowhere: relative links and images, headings
 * that a link names, repository paths in back-ticks, and scripts after `npm run`.
 *
 * A path in back-ticks is relative to the document's folder or to one above it. `*`, `<placeholder>` and
 * `NNNN_name` in it stand for any text within one name, a trailing slash for a folder.
 *
 * @param file the document.
 * @param root the root of the repository.
 */
export function brokenReferences(file: string, root: string): BrokenReference[] {
  const text = readFileSync(file, "utf8");
  const prose = text.replace(/^```[\s\S]*?^```/gm, "");
  return [
    ...brokenLinks(prose, file),
    ...brokenPaths(prose, foldersUpTo(root, path.dirname(file))),
    ...brokenScripts(text, path.dirname(file), root),
  ];
}

function brokenLinks(prose: string, file: string): BrokenReference[] {
  const withoutCode = prose.replace(/`[^`\n]*`/g, "``");
  const targets = [
    ...withoutCode.matchAll(/\]\(([^)\s]+)\)/g),
    ...withoutCode.matchAll(/\b(?:src|href)="([^"]+)"/g),
  ].map(([, target = ""]) => target);
  return targets.flatMap((target) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [name = "", heading] = target.split("#");
    const linked = name === "" ? file : path.resolve(path.dirname(file), name);
    if (!existsSync(linked)) return [{ reference: target, expected: "a file or folder" }];
    return heading === undefined || headings(linked).includes(heading)
      ? []
      : [{ reference: target, expected: "a heading of that document" }];
  });
}

/** The anchors of a document's headings, as GitHub makes them. */
function headings(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** A folder and all above it, up to the root. */
function foldersUpTo(root: string, folder: string): string[] {
  return folder === root ? [root] : [folder, ...foldersUpTo(root, path.dirname(folder))];
}

function brokenPaths(prose: string, bases: readonly string[]): BrokenReference[] {
  const codes = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
  return codes
    .filter((code) => isRepositoryPath(code, bases))
    .filter((code) => !bases.some((base) => matchesAny(base, code)))
    .map((code) => ({ reference: code, expected: "a path of this repository" }));
}

/** Whether text in back-ticks is meant as a path of this repository. */
function isRepositoryPath(code: string, bases: readonly string[]): boolean {
  if (!/^[\w.<>*[\]-]+(\/[\w.<>*[\]-]*)+$/.test(code) || untracked.test(code)) return false;
  const [first = ""] = code.split("/");
  // What an import statement contains, for example.
  if (first === "." || first === "..") return false;
  const isKnown = bases.some((base) => existsSync(path.join(base, first)));
  return isKnown || fileEnding.test(code) || /^[^.]+\/$/.test(code);
}

/** Text that stands for any other within one name. */
const placeholder = /\*|<[^>]*>|NNNN\w*/;

/** Whether a file or folder of the base folder fits a path with placeholders. */
function matchesAny(base: string, pattern: string): boolean {
  const names = pattern.split("/").filter((name) => name !== "");
  return names.reduce((bases, name) => bases.flatMap((at) => within(at, name)), [base]).length > 0;
}

function within(base: string, name: string): string[] {
  const exact = path.join(base, name);
  if (existsSync(exact)) return [exact];
  if (!placeholder.test(name)) return [];
  const parts = name.split(placeholder).map((part) => part.replace(/[.[\]]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join("[^/]+")}$`);
  const entries = existsSync(base) ? readdirSync(base, { withFileTypes: true }) : [];
  return entries
    .filter((entry) => expression.test(entry.name) && entry.name !== "node_modules")
    .map((entry) => path.join(base, entry.name));
}

function brokenScripts(text: string, folder: string, root: string): BrokenReference[] {
  const calls = [...text.matchAll(/npm (?:--prefix (\S+) )?run (?:--silent )?([a-z][\w:-]*)/g)];
  return calls
    .filter(([, prefix, script = ""]) => {
      const packages = prefix === undefined ? [root, folder] : [path.join(root, prefix)];
      return !packages.some((base) => scripts(base).includes(script));
    })
    .map(([call]) => ({ reference: call, expected: "a script of package.json" }));
}

function scripts(folder: string): string[] {
  const file = path.join(folder, "package.json");
  if (!existsSync(file)) return [];
  const { scripts = {} } = JSON.parse(readFileSync(file, "utf8")) as {
    scripts?: Record<string, string>;
  };
  return Object.keys(scripts);
}
