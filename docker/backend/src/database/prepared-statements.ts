import { createHash } from "node:crypto";
import type pg from "pg";
import { sqlState } from "./errors.ts";

/**
 * SQLSTATE codes for a prepared statement that can't be used: the connection doesn't know it
 * (26000) or already has it (42P05), as behind a transaction pooler that doesn't track prepared
 * statements; or its tables have changed (0A000). Nothing of the statement has run then.
 */
const unusableStates = new Set(["26000", "42P05", "0A000"]);

/** The maximum number of prepared statements. Only searches vary; all other texts are fixed. */
const MAX_STATEMENTS = 100;

/**
 * Runs statements that PostgreSQL parses and plans once for each connection instead of once for
 * each query. Where that doesn't work, statements are sent unprepared from then on.
 */
export class PreparedStatements {
  readonly #pool: Pick<pg.Pool, "query">;
  readonly #onUnusable: (error: unknown) => void;
  readonly #names = new Map<string, string>();
  #enabled = true;

  /** @param onUnusable - called once, when statements are no longer prepared */
  constructor(pool: Pick<pg.Pool, "query">, onUnusable: (error: unknown) => void) {
    this.#pool = pool;
    this.#onUnusable = onUnusable;
  }

  /** Runs one statement and returns its rows. */
  async query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[],
  ): Promise<readonly Row[]> {
    const name = this.#enabled ? this.#name(text) : undefined;
    try {
      return (await this.#pool.query<Row>({ text, values: [...values], name })).rows;
    } catch (error) {
      if (name === undefined || !unusableStates.has(sqlState(error) ?? "")) throw error;
      if (this.#enabled) this.#onUnusable(error);
      this.#enabled = false;
      return (await this.#pool.query<Row>({ text, values: [...values] })).rows;
    }
  }

  #name(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size === MAX_STATEMENTS) return known;
    // A hash of the text: processes that share a connection through a pooler agree on names.
    const name = createHash("sha256").update(text).digest("hex").slice(0, 32);
    this.#names.set(text, name);
    return name;
  }
}
