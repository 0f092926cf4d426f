import pg from "pg";
import type { Logger } from "pino";
import { withTimeout } from "../lib/timeout.ts";
import { DatabaseUnavailableError, describeError, isUnavailable } from "./errors.ts";
import { PreparedStatements } from "./prepared-statements.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly database: Database;
  }
}

/** How to connect to the database. */
export interface DatabaseOptions {
  readonly url: string;
  /** The maximum number of connections for requests. */
  readonly poolSize: number;
  readonly log: Pick<Logger, "warn">;
  /** How long opening a connection may take, in milliseconds; default 3000. */
  readonly connectMs?: number;
  /** How long a statement may take, in milliseconds; default 5000. */
  readonly statementMs?: number;
  /** How long a readiness check may take, in milliseconds; default 1800. */
  readonly checkMs?: number;
}

/** How long closing the connections may take, in milliseconds. */
const CLOSE_TIMEOUT_MS = 1000;

/** Runs statements: the database, or one transaction on it. */
export interface Queries {
  /**
   * Runs one statement and returns its rows.
   *
   * @throws DatabaseUnavailableError when trying again later can help
   */
  query<Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ): Promise<readonly Row[]>;
}

/**
 * The connections to PostgreSQL. While the database is unavailable, queries fail with a
 * DatabaseUnavailableError; they work again when it is back.
 */
export class Database implements Queries {
  readonly #pool: pg.Pool;
  readonly #statements: PreparedStatements;
  readonly #probe: pg.Pool;

  constructor(options: DatabaseOptions) {
    const { connectMs = 3000, statementMs = 5000, checkMs = 1800 } = options;
    this.#pool = openPool(options, options.poolSize, connectMs, statementMs);
    this.#statements = new PreparedStatements(this.#pool, (error) => {
      options.log.warn({ reason: describeError(error) }, "statements are not prepared from now on");
    });
    // A separate connection for readiness, which has to tell whether the database answers, not
    // whether requests use every connection.
    this.#probe = openPool(options, 1, checkMs / 2, checkMs / 2);
  }

  /** Runs one statement, prepared once for each connection, and returns its rows. */
  async query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    try {
      return await this.#statements.query<Row>(text, values);
    } catch (error) {
      throw isUnavailable(error) ? new DatabaseUnavailableError(error) : error;
    }
  }

  /** Runs `run` in a transaction, which is rolled back when it throws. */
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
      // A connection whose transaction is in an unknown state must not be used again.
      client.release(broken);
    }
  }

  /** Takes a connection from the pool, for a library that runs its own statements. */
  async connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw isUnavailable(error) ? new DatabaseUnavailableError(error) : error;
    }
  }

  /** How many connections the pool has, how many of them are idle, and how many are waited for. */
  get usage(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.#pool;
    return { total, idle, waiting };
  }

  /** Runs one statement on the connection that is reserved for readiness. */
  async probe<Row extends pg.QueryResultRow>(text: string): Promise<readonly Row[]> {
    const { rows } = await this.#probe.query<Row>(text);
    return rows;
  }

  /** Closes every connection. Waits one second at most for a server that doesn't answer. */
  async close(): Promise<void> {
    const closed = Promise.all([this.#pool.end(), this.#probe.end()]);
    await withTimeout(CLOSE_TIMEOUT_MS, closed).catch(() => undefined);
  }
}

function openPool(
  { url, log }: DatabaseOptions,
  max: number,
  connectMs: number,
  statementMs: number,
): pg.Pool {
  // Set after connecting, because poolers such as PgBouncer refuse it in the startup packet. The
  // pool waits for the promise, although its types don't say so: hence `unknown`.
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
    log.warn({ reason: describeError(error) }, "an idle database connection was lost");
  });
  // The pool removes its own listener while a connection is in use. A connection that breaks then
  // makes the statements on it fail, so nothing else has to be done about it.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
