import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { freePort, waitFor } from "../support/network.ts";
import { StandaloneServer } from "../support/standalone-server.ts";

/** A running application for the browser tests. */
export interface System {
  /** URL of the page, without a slash at its end. */
  readonly url: string;
  /** Stops what startSystem has started. */
  stop(): Promise<void>;
}

/** The part of docker/backend/tools/local-postgres.ts that is used here. */
interface Postgres {
  database(): Promise<string>;
  remove(): Promise<void>;
}

const BACKEND_FOLDER = fileURLToPath(new URL("../../../backend/", import.meta.url));

/**
 * Returns the system at TODO_URL. Without that variable it starts the built page, the real API, and a
 * temporary PostgreSQL. Throws when the backend's dependencies are not installed.
 */
export async function startSystem(env: NodeJS.ProcessEnv = process.env): Promise<System> {
  const { TODO_URL = "" } = env;
  if (TODO_URL !== "") {
    return { url: TODO_URL.replace(/\/$/, ""), stop: () => Promise.resolve() };
  }
  if (!existsSync(`${BACKEND_FOLDER}node_modules`)) {
    throw new Error("The browser tests run the real API: run `npm ci` in docker/backend first.");
  }
  execFileSync("npm", ["run", "build"], { cwd: BACKEND_FOLDER, stdio: "pipe" });
  const postgres = await startPostgres();
  const port = await freePort();
  const server = await StandaloneServer.start({ BACKEND_URL: `http://127.0.0.1:${port}` });
  const backendEnv = {
    DATABASE_URL: await postgres.database(),
    BETTER_AUTH_SECRET: "for-these-tests-alone-0123456789abcdef",
    JWT_SECRET: "for-these-tests-alone-too-0123456789abc",
    BETTER_AUTH_URL: server.origin,
    HOST: "127.0.0.1",
    PORT: String(port),
    LOG_LEVEL: "warn",
    NODE_ENV: "production" as const,
  };
  execFileSync(process.execPath, ["dist/migrate.js"], { cwd: BACKEND_FOLDER, env: backendEnv });
  const backend = spawn(process.execPath, ["dist/main.js"], {
    ...{ cwd: BACKEND_FOLDER, env: backendEnv },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await Promise.all([
    server.waitUntilHealthy(),
    waitFor(() => isReady(port), "the API to be ready"),
  ]);
  return {
    url: server.origin,
    async stop() {
      await Promise.all([kill(server.process), kill(backend)]);
      await postgres.remove();
    },
  };
}

/** Starts the backend's local PostgreSQL. The import by path keeps their types out of this project. */
async function startPostgres(): Promise<Postgres> {
  const file = pathToFileURL(`${BACKEND_FOLDER}tools/local-postgres.ts`).href;
  const { LocalPostgres } = (await import(file)) as {
    LocalPostgres: { create(): Promise<Postgres> };
  };
  return LocalPostgres.create();
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
  return answer?.ok === true;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
