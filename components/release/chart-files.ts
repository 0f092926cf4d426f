import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { listFiles } from "../../lib/list-files";

/**
 * Lists the files of a chart that helm loads: all that `.helmignore` doesn't exclude, and no dotfiles in
 * `templates/`. The rules are those of helm's pkg/ignore, which aren't docker's or Git's.
 *
 * @returns paths below the chart's folder, with `/`, sorted.
 * @throws Error where helm refuses a line of the file.
 */
export function chartFiles(chartPath: string): string[] {
  const file = join(chartPath, ".helmignore");
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const rules = [...parse(text, file), rule("templates/.?*")];
  // Helm follows links too.
  return listFiles(
    chartPath,
    (path, isFolder) => ({ skip: rules.some((ignores) => ignores(path, isFolder)) }),
    "followed",
  );
}

/** Whether a line of a .helmignore leaves a path out. */
type Rule = (path: string, isFolder: boolean) => boolean;

function parse(text: string, file: string): Rule[] {
  return text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      if (!line.includes("**")) return rule(line);
      throw new Error(`${file} has the line "${line}", but helm knows no **: name each folder.`);
    });
}

function rule(line: string): Rule {
  const negated = line.startsWith("!");
  const pattern = negated ? line.slice(1) : line;
  const onlyFolders = pattern.endsWith("/");
  const path = onlyFolders ? pattern.slice(0, -1) : pattern;
  const expression = globExpression(path.replace(/^\//, ""));
  const matches: Rule = (tested, isFolder) =>
    (isFolder || !onlyFolders) &&
    expression.test(path.includes("/") ? tested : posix.basename(tested));
  // Unlike Git's, a line with `!` leaves out all that it doesn't match.
  return negated ? (tested, isFolder) => !matches(tested, isFolder) : matches;
}

/** The regular expression of a pattern of Go's filepath.Match. */
function globExpression(pattern: string): RegExp {
  const tokens = /\[\^?(?:\\.|[^\]\\])+\]|\\.|[^]/g;
  const source = pattern.replace(tokens, (token) => {
    if (token === "*") return "[^/]*";
    if (token === "?") return "[^/]";
    if (token.length > 2) return token;
    return token.slice(-1).replace(/[.+()|{}$^[\]\\/]/, String.raw`\$&`);
  });
  return new RegExp(`^${source}$`);
}
