/** `node dist/migrate.js`: brings the database to the newest schema, then ends. */
import { readMigrationConfig } from "./config.ts";
import { readMigrations } from "./db/migrations.ts";
import { migrate } from "./db/migrator.ts";
import { exitWith } from "./exit.ts";
import { openLog } from "./log.ts";

// The first process of a container has no default action for signals: without these it would
// ignore them until it is killed. PostgreSQL rolls an unfinished migration back.
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => process.exit(signal === "SIGTERM" ? 143 : 130));
}

try {
  const config = readMigrationConfig(process.env);
  const log = openLog("todo-chatbot-migrate", config);
  const applied = await migrate({
    url: config.databaseUrl,
    migrations: await readMigrations(),
    log,
    waitSeconds: config.migrateWaitSeconds,
  });
  log.info({ applied }, applied.length === 0 ? "nothing to migrate" : "migrated");
  process.exit(0);
} catch (error) {
  exitWith(error, "The migration failed");
}
