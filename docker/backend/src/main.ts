/** `node dist/main.js`: runs the API server. */
import { buildApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { Database } from "./database/database.ts";
import { readMigrations } from "./database/migrations.ts";
import { SERVICE_NAME } from "./health/routes.ts";
import { exitWithError } from "./lib/exit-with-error.ts";
import { createLogger } from "./lib/logger.ts";
import { shutdown } from "./plugins/draining.ts";

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(SERVICE_NAME, config);
  const { databaseUrl: url, databasePoolSize: poolSize } = config;
  const database = new Database({ url, poolSize, log });
  const migrations = (await readMigrations()).map((migration) => migration.name);
  const app = await buildApp({ config, database, log, migrations });

  const stop = (signal: string): void => {
    // A second signal ends the process at once.
    if (app.lifecycle.draining) process.exit(1);
    log.info({ signal }, "stopping");
    shutdown(app, config).then(
      () => process.exit(0),
      (error: unknown) => exitWithError(error, "The shutdown failed"),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);

  // Doesn't wait for the database: readiness tells when it is available.
  await app.listen({ host: config.host, port: config.port });
}

start().catch((error: unknown) => exitWithError(error, "The server could not start"));
