import { join } from "node:path";

/** Secret that signs the benchmark's tokens. */
export const JWT_SECRET = "the-benchmark-signs-its-tokens-with-this";

/** PostgreSQL connections of each server. */
const POOL_SIZE = "10";

/** A program with its arguments. */
export type Command = readonly [file: string, ...args: string[]];

/** A server to measure: its command and its environment. */
export interface Contender {
  name: "backend" | "fastapi";
  title: string;
  folder: string;
  command(port: number): Command;
  env: Readonly<Record<string, string>>;
}

const REPOSITORY = join(__dirname, "..", "..");

/** Folder of the backend. */
export const BACKEND_FOLDER = join(REPOSITORY, "docker", "backend");

/** Folder of the FastAPI application. */
export const FASTAPI_FOLDER = join(__dirname, "fastapi");

/** The backend as in its image, with rate limits and request log disabled. */
export function backend(databaseUrl: string, command: Command): Contender {
  return {
    name: "backend",
    title: "Fastify",
    folder: BACKEND_FOLDER,
    command: () => command,
    env: {
      ...{ NODE_ENV: "production", HOST: "127.0.0.1", LOG_LEVEL: "warn" },
      ...{ DATABASE_URL: databaseUrl, DATABASE_POOL_SIZE: POOL_SIZE, JWT_SECRET },
      BETTER_AUTH_SECRET: "nobody-signs-in-with-a-password-here",
      ...{ RATE_LIMIT_PER_ADDRESS: "0", RATE_LIMIT_PER_USER: "0" },
      ...{ DRAIN_SECONDS: "0", CLOSE_SECONDS: "1" },
    },
  };
}

/** FastAPI with one uvicorn worker, on its fastest event loop and parser, without an access log. */
export function fastapi(databaseUrl: string, python: string): Contender {
  return {
    name: "fastapi",
    title: "FastAPI",
    folder: FASTAPI_FOLDER,
    command: (port) => [
      ...([python, "-m", "uvicorn", "main:app", "--host", "127.0.0.1"] as const),
      ...["--port", String(port), "--workers", "1", "--loop", "uvloop", "--http", "httptools"],
      ...["--no-access-log", "--log-level", "warning"],
    ],
    env: { DATABASE_URL: databaseUrl, DATABASE_POOL_SIZE: POOL_SIZE, JWT_SECRET },
  };
}
