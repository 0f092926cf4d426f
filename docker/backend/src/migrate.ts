/** `node dist/migrate.js`: applies the pending migrations and ends. */
import { readMigrationConfig } from "./config.ts";
import { readMigrations } from "./database/migrations.ts";
import { migrate } from "./database/migrator.ts";
import { exitWithError } from "./lib/exit-with-error.ts";
import { createLogger } from "./lib/logger.ts";

// A container's first process has no default action for signals, so it would ignore them until it
// is killed. PostgreSQL rolls back an unfinished migration.
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => process.exit(signal === "SIGTERM" ? 143 : 130));
}

try {
  const config = readMigrationConfig(process.env);
  const log = createLogger("todo-chatbot-migrate", config);
  const applied = await migrate({
    url: config.databaseUrl,
    migrations: await readMigrations(),
    log,
    waitSeconds: config.migrateWaitSeconds,
  });
  log.info({ applied }, applied.length === 0 ? "nothing to migrate" : "migrated");
  process.exit(0);
} catch (error) {
  exitWithError(error, "The migration failed");
}
