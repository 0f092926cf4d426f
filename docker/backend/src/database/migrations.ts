import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { packageFolder } from "../package-folder.ts";

/** An SQL file that is applied once to each database. */
export interface Migration {
  /** The file's name, such as `0001_tasks.sql`. Migrations are applied in the order of names. */
  readonly name: string;
  /** The file's text, with LF line endings. */
  readonly sql: string;
  /** The SHA-256 of the text, in hex. It shows whether an applied file was changed. */
  readonly checksum: string;
}

const migrationsFolder = new URL("migrations/", packageFolder);

/** The table of the applied migrations. */
export const MIGRATIONS_TABLE = "schema_migrations";

const namePattern = /^(\d{4})_[a-z0-9_]+\.sql$/;

/**
 * Reads the migrations of a folder, in the order in which they are applied.
 *
 * @throws Error when a file's name has no number or a number that another file has
 */
export async function readMigrations(folder: URL = migrationsFolder): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const numbers = new Map<string, string>();
  for (const name of names) {
    const number = namePattern.exec(name)?.[1];
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
      // A check-out may write CRLF, which isn't a change of the file.
      const sql = (await readFile(new URL(name, folder), "utf8")).replaceAll("\r\n", "\n");
      return { name, sql, checksum: sha256(sql) };
    }),
  );
}

/**
 * Returns whether a checksum in the database is this migration's. Images that were built from a check-out
 * with CRLF recorded the checksum of that text.
 */
export function isChecksumOf({ sql, checksum }: Migration, recorded: string): boolean {
  return recorded === checksum || recorded === sha256(sql.replaceAll("\n", "\r\n"));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
