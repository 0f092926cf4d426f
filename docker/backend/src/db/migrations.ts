import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { ROOT } from "../root.ts";

/** One file of SQL that is applied once. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Where the migrations are. */
export const MIGRATIONS_FOLDER = new URL("migrations/", ROOT);

/** The table that remembers what was applied. */
export const MIGRATIONS_TABLE = "schema_migrations";

const NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

/** Reads the migrations of a folder, in the order in which they apply. */
export async function readMigrations(folder: URL = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const numbers = new Map<string, string>();
  for (const name of names) {
    const number = NAME.exec(name)?.[1];
    if (number === undefined) {
      throw new Error(`${name}: expected a name such as 0002_add_priority.sql. Rename the file.`);
    }
    const other = numbers.get(number);
    if (other !== undefined) {
      throw new Error(`${name} and ${other} have the same number. Give the newer one the next.`);
    }
    numbers.set(number, name);
  }
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}
