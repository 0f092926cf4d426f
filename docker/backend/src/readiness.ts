import type { Logger } from "pino";
import type { Database } from "./db/database.ts";
import { describe, sqlState } from "./db/errors.ts";
import { MIGRATIONS_TABLE } from "./db/migrations.ts";
import type { Lifecycle } from "./http/lifecycle.ts";
import { within } from "./within.ts";

/** What /health/ready answers. */
export type ReadinessAnswer =
  | { readonly status: "ready"; readonly database: "connected" }
  | {
      readonly status: "not_ready";
      readonly database: "connected" | "disconnected";
      /** Named only where the database is not what keeps this process from being ready. */
      readonly reason?: "draining" | "migrations_pending";
    };

/** How long a check may take; the timeouts of a connection could add up to more. */
const CHECK_MS = 1800;

const READY: ReadinessAnswer = { status: "ready", database: "connected" };
const AWAY: ReadinessAnswer = { status: "not_ready", database: "disconnected" };
const PENDING: ReadinessAnswer = {
  status: "not_ready",
  database: "connected",
  reason: "migrations_pending",
};

/** What a Readiness asks and tells. */
export interface ReadinessOptions {
  readonly database: Pick<Database, "probe">;
  /** The migrations that this image comes with; a newer database has them too. */
  readonly migrations: readonly string[];
  readonly lifecycle: Lifecycle;
  readonly log: Pick<Logger, "info" | "warn">;
}

/** Knows whether requests should be sent to this process. Each check takes two seconds at most. */
export class Readiness {
  readonly #options: ReadinessOptions;
  #running: Promise<ReadinessAnswer> | undefined;
  #last: string | undefined;

  constructor(options: ReadinessOptions) {
    this.#options = options;
  }

  /** Asks the database, once for all who ask at the same time. */
  async check(): Promise<ReadinessAnswer> {
    this.#running ??= this.#ask().finally(() => (this.#running = undefined));
    const answer = await this.#running;
    return this.#options.lifecycle.draining
      ? { status: "not_ready", database: answer.database, reason: "draining" }
      : answer;
  }

  async #ask(): Promise<ReadinessAnswer> {
    const { database, migrations } = this.#options;
    try {
      const rows = await within(
        CHECK_MS,
        database.probe<{ name: string }>(`select name from ${MIGRATIONS_TABLE}`),
      );
      const applied = new Set(rows.map((row) => row.name));
      const missing = migrations.filter((name) => !applied.has(name));
      if (missing.length > 0) return this.#tell(PENDING, `missing: ${missing.join(", ")}`);
      return this.#tell(READY, "");
    } catch (error) {
      // 42P01: there is no such table, so nothing has been migrated yet.
      if (sqlState(error) === "42P01") return this.#tell(PENDING, "no migration was ever applied");
      return this.#tell(AWAY, describe(error));
    }
  }

  /** Logs a change of state, not each check. */
  #tell(answer: ReadinessAnswer, reason: string): ReadinessAnswer {
    const state = JSON.stringify(answer);
    if (state !== this.#last) {
      if (answer.status === "ready") this.#options.log.info("ready");
      else this.#options.log.warn({ ...answer, reason }, "not ready");
      this.#last = state;
    }
    return answer;
  }
}
