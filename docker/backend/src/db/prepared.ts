import { createHash } from "node:crypto";
import type pg from "pg";
import { sqlState } from "./errors.ts";

/**
 * What PostgreSQL says of a prepared statement that can't be used, before anything of it has run: the
 * connection doesn't know it (26000) or has it already (42P05), as behind a pooler that lends out
 * connections by the transaction without minding statements; or its tables have changed (0A000).
 */
const UNUSABLE = new Set(["26000", "42P05", "0A000"]);

/** The most statements that are kept prepared; their texts are few, but for searches of many words. */
const LIMIT = 100;

/**
 * Statements that PostgreSQL parses and plans once for each connection instead of at each query. Where
 * that doesn't work, each query is sent whole from then on.
 */
export class Prepared {
  readonly #names = new Map<string, string>();
  #works = true;

  constructor(
    private readonly pool: Pick<pg.Pool, "query">,
    private readonly onUnusable: (error: unknown) => void,
  ) {}

  /** Runs one statement. */
  async query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[],
  ): Promise<readonly Row[]> {
    const name = this.#works ? this.#name(text) : undefined;
    try {
      return (await this.pool.query<Row>({ text, values: [...values], name })).rows;
    } catch (error) {
      if (name === undefined || !UNUSABLE.has(sqlState(error) ?? "")) throw error;
      if (this.#works) this.onUnusable(error);
      this.#works = false;
      return (await this.pool.query<Row>({ text, values: [...values] })).rows;
    }
  }

  #name(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size === LIMIT) return known;
    // By its content: two programs that a pooler lends one connection to mean the same by a name.
    const name = createHash("sha256").update(text).digest("hex").slice(0, 32);
    this.#names.set(text, name);
    return name;
  }
}
