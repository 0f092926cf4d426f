import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../write-page";

const known = new Map<string, readonly string[]>();

/** Titles of all tests in a file, as they stand in its source. */
export function titlesOf(file: string): readonly string[] {
  const found = known.get(file) ?? readTitles(file);
  known.set(file, found);
  return found;
}

/** Whether a file has a test of this title. A part in `${}` of the source stands for any words. */
export function hasTest(file: string, title: string): boolean {
  return titlesOf(file).some((one) => {
    const parts = one
      .split(/\$\{[^}]*\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".+")}$`).test(title);
  });
}

function readTitles(file: string): string[] {
  const path = join(ROOT, file);
  if (!existsSync(path)) return [];
  const calls = readFileSync(path, "utf8").matchAll(/\bit\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/g);
  return [...calls].map(([, , title = ""]) => title.replaceAll(/\\(.)/g, "$1"));
}
