import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The project's folder. */
export const ROOT = path.join(__dirname, "../..");

/** Writes a generated page where its text has changed, and prints what happened. */
export function writePage(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const same = text === readFileSync(file, { encoding: "utf8", flag: "a+" });
  if (!same) writeFileSync(file, text);
  console.log(`${path.relative(ROOT, file)} ${same ? "is up to date" : "is written"}`);
}
