import pg from "pg";
import type { Logger } from "pino";
import { within } from "../within.ts";
import { DatabaseUnavailableError, describe, isUnavailable } from "./errors.ts";
import { Prepared } from "./prepared.ts";

/** How to reach the database, and how long it may take over things (milliseconds). */
export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly log: Pick<Logger, "warn">;
  readonly connectMs?: number;
  readonly statementMs?: number;
  readonly checkMs?: number;
}

const GOODBYE_MS = 1000;

/** What runs a statement: the database, or one transaction on it. */
export interface Queries {
  query<Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ): Promise<readonly Row[]>;
}

/**
 * The connections to PostgreSQL. Losing them all is an everyday event here: queries fail with a
 * DatabaseUnavailableError while it lasts, and work again when the database is back.
 */
export class Database implements Queries {
  readonly #pool: pg.Pool;
  readonly #prepared: Prepared;
  readonly #probe: pg.Pool;

  constructor(options: DatabaseOptions) {
    const { connectMs = 3000, statementMs = 5000, checkMs = 1800 } = options;
    this.#pool = openPool(options, options.poolSize, connectMs, statementMs);
    this.#prepared = new Prepared(this.#pool, (error) => {
      options.log.warn({ reason: describe(error) }, "statements are not prepared from now on");
    });
    // Readiness has a connection of its own: it has to tell whether the database is there, not
    // whether requests have taken every connection.
    this.#probe = openPool(options, 1, checkMs / 2, checkMs / 2);
  }

  /** Runs one statement. */
  async query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    try {
      return await this.#prepared.query<Row>(text, values);
    } catch (error) {
      throw isUnavailable(error) ? new DatabaseUnavailableError(error) : error;
    }
  }

  /** Runs several statements as one: all of them count, or, when the function throws, none. */
  async transaction<T>(run: (queries: Queries) => Promise<T>): Promise<T> {
    const client = await this.connect();
    let broken: Error | undefined;
    const query = async <Row extends pg.QueryResultRow>(
      text: string,
      values: readonly unknown[] = [],
    ): Promise<readonly Row[]> => {
      try {
        return (await client.query<Row>(text, [...values])).rows;
      } catch (error) {
        throw isUnavailable(error) ? new DatabaseUnavailableError(error) : error;
      }
    };
    try {
      await query("begin");
      const result = await run({ query });
      await query("commit");
      return result;
    } catch (error) {
      await client.query("rollback").catch((reason: unknown) => (broken = reason as Error));
      throw error;
    } finally {
      // A connection whose transaction is in an unknown state is not used again.
      client.release(broken);
    }
  }

  /** A connection of the pool, for a library that speaks to PostgreSQL by itself. */
  async connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw isUnavailable(error) ? new DatabaseUnavailableError(error) : error;
    }
  }

  /** How the pool is used at this moment. */
  get usage(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.#pool;
    return { total, idle, waiting };
  }

  /** Runs one statement on the connection that is kept for readiness. */
  async probe<Row extends pg.QueryResultRow>(text: string): Promise<readonly Row[]> {
    const { rows } = await this.#probe.query<Row>(text);
    return rows;
  }

  /** Closes every connection. A server that doesn't answer the goodbye is not waited for. */
  async close(): Promise<void> {
    const ends = Promise.all([this.#pool.end(), this.#probe.end()]);
    await within(GOODBYE_MS, ends).catch(() => undefined);
  }
}

function openPool(
  { url, log }: DatabaseOptions,
  max: number,
  connectMs: number,
  statementMs: number,
): pg.Pool {
  // Said after connecting and not in the start-up packet, where poolers such as PgBouncer refuse it.
  // The pool waits for the promise, which its types don't say: hence `unknown`.
  const onConnect = (client: pg.ClientBase): unknown =>
    client.query(`set statement_timeout = ${statementMs.toFixed(0)}`);

  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: "todo-chatbot-api",
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // The server cancels a slow statement; if it can't even do that, the client stops waiting.
    query_timeout: statementMs + 500,
    onConnect,
  });
  // Without a listener, an idle connection that breaks would end the process.
  pool.on("error", (error) => {
    log.warn({ reason: describe(error) }, "an idle database connection was lost");
  });
  // The pool stops listening while it lends a connection out, and so would one that breaks in a
  // transaction. Whoever has it learns of that by its statements, which fail.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
