import pg from "pg";
import type { Logger } from "pino";
import { withTimeout } from "../lib/timeout.ts";
import { describeError, isRefusedLogin, isUnavailable, sqlState } from "./errors.ts";
import { isChecksumOf, type Migration, MIGRATIONS_TABLE } from "./migrations.ts";

/** What to migrate, and how. */
export interface MigratorOptions {
  readonly url: string;
  readonly migrations: readonly Migration[];
  readonly log: Pick<Logger, "info" | "warn">;
  /** How long to wait for the database, and then again for another running migration. */
  readonly waitSeconds: number;
}

/** A migration that failed. The message tells an operator why and what to do. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/** The id of the advisory lock. Any number works, but it must never change. */
export const MIGRATION_LOCK_ID = 7_860_001;

/** How long one statement of a migration may wait for a table that requests are using. */
const TABLE_LOCK_TIMEOUT_MS = 15_000;

/**
 * Applies the pending migrations. Several calls at the same time are safe: the others wait for a
 * session advisory lock, find nothing left to do, and succeed. The lock needs a direct connection,
 * not one of a transaction pooler.
 *
 * @returns the names of the migrations that this call applied
 * @throws MigrationError
 */
export async function migrate(options: MigratorOptions): Promise<string[]> {
  const client = await connect(options);
  // Without a listener, a connection that breaks between two statements would end the process.
  client.on("error", () => undefined);
  try {
    await acquireLock(client, options.waitSeconds);
    return await applyPending(client, options);
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    throw new MigrationError(
      `The connection to the database was lost or refused a statement: ${describeError(error)}. ` +
        `A migration that was running is rolled back by PostgreSQL; run it again.`,
      { cause: error },
    );
  } finally {
    // Ending the session also releases the lock. Don't wait long for a server that doesn't answer.
    await withTimeout(1000, client.end()).catch(() => undefined);
  }
}

async function connect({ url, log, waitSeconds }: MigratorOptions): Promise<pg.Client> {
  const deadline = Date.now() + waitSeconds * 1000;
  for (let attempt = 1; ; attempt += 1) {
    const left = deadline - Date.now();
    const client = new pg.Client({
      connectionString: url,
      application_name: "todo-chatbot-migrate",
      connectionTimeoutMillis: Math.max(250, Math.min(5000, left)),
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await withTimeout(1000, client.end()).catch(() => undefined);
      if (isRefusedLogin(error) || !isUnavailable(error)) {
        throw new MigrationError(
          `PostgreSQL answers but refuses the connection: ${describeError(error)}. ` +
            `Check the user, the password and the database in DATABASE_URL.`,
          { cause: error },
        );
      }
      if (Date.now() >= deadline) {
        throw new MigrationError(
          `No database within ${waitSeconds} s (${attempt} tries); the last one said: ` +
            `${describeError(error)}. Check that it runs and that DATABASE_URL names its host and ` +
            `port, or allow more time with MIGRATE_WAIT_SECONDS.`,
          { cause: error },
        );
      }
      log.info({ attempt, reason: describeError(error) }, "waiting for the database");
      await new Promise((resolve) => setTimeout(resolve, Math.min(250 * attempt, 2000)));
    }
  }
}

async function acquireLock(client: pg.Client, waitSeconds: number): Promise<void> {
  // Otherwise the session of a killed migration would stay in the queue or finish its statement.
  // PostgreSQL before 14 doesn't know the setting.
  await client.query("set client_connection_check_interval = '2s'").catch(() => undefined);
  await client.query(`set lock_timeout = ${(waitSeconds * 1000).toFixed(0)}`);
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK_ID]);
  } catch (error) {
    if (sqlState(error) !== "55P03") throw error;
    throw new MigrationError(
      `Another migration has held the lock for more than ${waitSeconds} s. Look for its session ` +
        `with: select pid, state, query from pg_stat_activity ` +
        `where application_name = 'todo-chatbot-migrate';`,
      { cause: error },
    );
  }
  await client.query(`set lock_timeout = ${TABLE_LOCK_TIMEOUT_MS}`);
}

async function applyPending(
  client: pg.Client,
  { migrations, log }: MigratorOptions,
): Promise<string[]> {
  await client.query(
    `create table if not exists ${MIGRATIONS_TABLE} (
       name       text        primary key,
       checksum   text        not null,
       applied_at timestamptz not null default now()
     )`,
  );
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `select name, checksum from ${MIGRATIONS_TABLE} order by name`,
  );
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  const pending = migrations.filter((migration) => !applied.has(migration.name));
  checkHistory(migrations, applied, pending, log);
  for (const migration of pending) {
    const started = performance.now();
    await applyOne(client, migration);
    const ms = Math.round(performance.now() - started);
    log.info({ migration: migration.name, ms }, "migration applied");
  }
  return pending.map((migration) => migration.name);
}

/** Throws when an applied file was changed, or when a new file comes before an applied one. */
function checkHistory(
  migrations: readonly Migration[],
  applied: ReadonlyMap<string, string>,
  pending: readonly Migration[],
  log: Pick<Logger, "warn">,
): void {
  for (const migration of migrations) {
    const recorded = applied.get(migration.name);
    if (recorded !== undefined && !isChecksumOf(migration, recorded)) {
      throw new MigrationError(
        `${migration.name} was changed after it had been applied to this database. ` +
          `Restore the file, and put the change into a new one.`,
      );
    }
  }
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...applied.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0 && pending.length === 0) {
    // An older image on a newer database, as after a rollback.
    log.warn({ unknown }, "the database is newer than this image");
    return;
  }
  const newest = [...applied.keys()].sort().at(-1);
  const late = pending.find((migration) => newest !== undefined && migration.name < newest);
  if (late !== undefined) {
    throw new MigrationError(
      `${late.name} is new, but ${String(newest)} is applied already and comes after it. ` +
        `Give the new file the next number.`,
    );
  }
}

async function applyOne(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query(sql);
    await client.query(`insert into ${MIGRATIONS_TABLE} (name, checksum) values ($1, $2)`, [
      name,
      checksum,
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw new MigrationError(`${name}${lineOf(error, sql)} failed: ${explain(error)}`, {
      cause: error,
    });
  }
}

/** Returns `:12` when PostgreSQL names a position in line 12, or an empty string. */
function lineOf(error: unknown, sql: string): string {
  const position = Number((error as { position?: string }).position);
  if (!(position > 0)) return "";
  return `:${sql.slice(0, position - 1).split("\n").length}`;
}

function explain(error: unknown): string {
  const { detail, hint } = error as { detail?: string; hint?: string };
  const state = sqlState(error);
  return [
    `PostgreSQL said: ${describeError(error)}${state === undefined ? "" : ` (SQLSTATE ${state})`}.`,
    detail === undefined ? "" : `Detail: ${detail}`,
    hint === undefined ? "" : `Hint: ${hint}`,
    state === "55P03" ? "A table stayed in use for too long; run it again at a quieter time." : "",
    "Nothing of this file was kept.",
  ]
    .filter((part) => part !== "")
    .join(" ");
}
