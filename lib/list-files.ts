import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What a walk does with a path. */
export interface Decision<State> {
  /** Leaves the path out; a folder that is left out isn't entered. */
  readonly skip: boolean;
  /** What the decisions about a folder's entries are based on. */
  readonly state?: State;
}

/**
 * Lists the files and links below a folder, sorted, as paths with `/`.
 *
 * @param decide says what to leave out; `above` is the state of the path's folder, undefined at the top.
 * @param links whether links are listed as such, or those to folders are entered.
 */
export function listFiles<State = never>(
  folder: string,
  decide: (path: string, isFolder: boolean, above: State | undefined) => Decision<State> = () => ({
    skip: false,
  }),
  links: "listed" | "followed" = "listed",
): string[] {
  const files: string[] = [];
  const visit = (below: string, above: State | undefined) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      const isFolder =
        links === "followed" && entry.isSymbolicLink()
          ? statSync(join(folder, path)).isDirectory()
          : entry.isDirectory();
      const { skip, state } = decide(path, isFolder, above);
      if (skip) continue;
      if (isFolder) visit(path, state);
      else files.push(path);
    }
  };
  visit("", undefined);
  return files.sort();
}
