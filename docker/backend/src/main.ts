/** `node dist/main.js`: the API server. */
import { buildApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { Database } from "./db/database.ts";
import { readMigrations } from "./db/migrations.ts";
import { exitWith } from "./exit.ts";
import { SERVICE } from "./http/health.ts";
import { shutdown } from "./http/lifecycle.ts";
import { openLog } from "./log.ts";

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const log = openLog(SERVICE, config);
  const lifecycle = { draining: false };
  const database = new Database({
    url: config.databaseUrl,
    poolSize: config.databasePoolSize,
    log,
  });
  const migrations = (await readMigrations()).map((migration) => migration.name);
  const app = await buildApp({ config, database, lifecycle, log, migrations });

  const stop = (signal: string): void => {
    // A second signal means that somebody is tired of waiting.
    if (lifecycle.draining) process.exit(1);
    log.info({ signal }, "stopping");
    const { drainSeconds, closeSeconds } = config;
    shutdown({ app, database, lifecycle, log, drainSeconds, closeSeconds }).then(
      () => process.exit(0),
      (error: unknown) => exitWith(error, "The shutdown failed"),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);

  // The database is not waited for: readiness says when it is there.
  await app.listen({ host: config.host, port: config.port });
}

start().catch((error: unknown) => exitWith(error, "The server could not start"));
