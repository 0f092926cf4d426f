import type { FastifyBaseLogger } from "fastify";
import type { Database } from "../database/database.ts";
import { describeError, sqlState } from "../database/errors.ts";
import { MIGRATIONS_TABLE } from "../database/migrations.ts";
import { withTimeout } from "../lib/timeout.ts";
import type { Lifecycle } from "../plugins/draining.ts";

/** The body of GET /health/ready. */
export type ReadinessResult =
  | { readonly status: "ready"; readonly database: "connected" }
  | {
      readonly status: "not_ready";
      readonly database: "connected" | "disconnected";
      /** Left out when the reason is the database. */
      readonly reason?: "draining" | "migrations_pending";
    };

/** How long a check may take. The timeouts of a connection can add up to more. */
const CHECK_TIMEOUT_MS = 1800;

const ready: ReadinessResult = { status: "ready", database: "connected" };
const disconnected: ReadinessResult = { status: "not_ready", database: "disconnected" };
const migrationsPending: ReadinessResult = {
  status: "not_ready",
  database: "connected",
  reason: "migrations_pending",
};

/** What a readiness check needs. */
export interface ReadinessOptions {
  readonly database: Pick<Database, "probe">;
  /** The names of the migrations in this image. A newer database has these and more. */
  readonly migrations: readonly string[];
  readonly lifecycle: Lifecycle;
  readonly log: Pick<FastifyBaseLogger, "info" | "warn">;
}

/** Checks whether this process should get requests. Each check takes two seconds at most. */
export class Readiness {
  readonly #options: ReadinessOptions;
  #running: Promise<ReadinessResult> | undefined;
  #lastLogged: string | undefined;

  constructor(options: ReadinessOptions) {
    this.#options = options;
  }

  /** Asks the database. Simultaneous checks share one query. */
  async check(): Promise<ReadinessResult> {
    this.#running ??= this.#query().finally(() => (this.#running = undefined));
    const result = await this.#running;
    return this.#options.lifecycle.draining
      ? { status: "not_ready", database: result.database, reason: "draining" }
      : result;
  }

  async #query(): Promise<ReadinessResult> {
    const { database, migrations } = this.#options;
    try {
      const rows = await withTimeout(
        CHECK_TIMEOUT_MS,
        database.probe<{ name: string }>(`select name from ${MIGRATIONS_TABLE}`),
      );
      const applied = new Set(rows.map((row) => row.name));
      const missing = migrations.filter((name) => !applied.has(name));
      if (missing.length === 0) return this.#logChange(ready, "");
      return this.#logChange(migrationsPending, `missing: ${missing.join(", ")}`);
    } catch (error) {
      // undefined_table: nothing has been migrated yet.
      if (sqlState(error) === "42P01") {
        return this.#logChange(migrationsPending, "no migration was ever applied");
      }
      return this.#logChange(disconnected, describeError(error));
    }
  }

  /** Logs a result that differs from the last one. */
  #logChange(result: ReadinessResult, reason: string): ReadinessResult {
    const state = JSON.stringify(result);
    if (state !== this.#lastLogged) {
      if (result.status === "ready") this.#options.log.info("ready");
      else this.#options.log.warn({ ...result, reason }, "not ready");
      this.#lastLogged = state;
    }
    return result;
  }
}
