import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { freePort, waitFor } from "../support/net.ts";
import { Web } from "../support/web.ts";

/** Something to open in a browser. */
export interface System {
  readonly url: string;
  stop(): Promise<void>;
}

/** The part of docker/backend/tests/support/postgres.ts that is used here. */
interface Postgres {
  database(): Promise<string>;
  remove(): Promise<void>;
}

const BACKEND = fileURLToPath(new URL("../../../backend/", import.meta.url));

/** What TODO_URL names, or else the built page with the real API on a PostgreSQL of its own. */
export async function openSystem(env: NodeJS.ProcessEnv = process.env): Promise<System> {
  const { TODO_URL = "" } = env;
  if (TODO_URL !== "") {
    return { url: TODO_URL.replace(/\/$/, ""), stop: () => Promise.resolve() };
  }
  if (!existsSync(`${BACKEND}node_modules`)) {
    throw new Error("The browser tests run the real API: run `npm ci` in docker/backend first.");
  }
  execFileSync("npm", ["run", "build"], { cwd: BACKEND, stdio: "pipe" });
  const postgres = await startPostgres();
  const port = await freePort();
  const web = await Web.start({ BACKEND_URL: `http://127.0.0.1:${port}` });
  const backendEnv = {
    DATABASE_URL: await postgres.database(),
    BETTER_AUTH_SECRET: "for-these-tests-alone-0123456789abcdef",
    JWT_SECRET: "for-these-tests-alone-too-0123456789abc",
    BETTER_AUTH_URL: web.origin,
    HOST: "127.0.0.1",
    PORT: String(port),
    LOG_LEVEL: "warn",
    NODE_ENV: "production" as const,
  };
  execFileSync(process.execPath, ["dist/migrate.js"], { cwd: BACKEND, env: backendEnv });
  const backend = spawn(process.execPath, ["dist/main.js"], {
    ...{ cwd: BACKEND, env: backendEnv },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await Promise.all([web.answers(), waitFor(() => isReady(port), "the API to be ready")]);
  return {
    url: web.origin,
    async stop() {
      await Promise.all([kill(web.process), kill(backend)]);
      await postgres.remove();
    },
  };
}

/** The API's own tests know how to run PostgreSQL; they are imported by path, not as types of ours. */
async function startPostgres(): Promise<Postgres> {
  const file = pathToFileURL(`${BACKEND}tests/support/postgres.ts`).href;
  const { TestPostgres } = (await import(file)) as {
    TestPostgres: { create(): Promise<Postgres> };
  };
  return TestPostgres.create();
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
