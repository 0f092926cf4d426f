import { SECRETS } from "./app.ts";
import { freePort } from "./postgres.ts";
import { Program } from "./process.ts";

/** The built server, in a process of its own. */
export interface Server {
  readonly program: Program;
  readonly port: number;
  readonly origin: string;
}

/** What every server needs besides its database. */
export const BASE = { BETTER_AUTH_SECRET: SECRETS.authSecret, JWT_SECRET: SECRETS.jwtSecret };

/** Runs dist/main.js on a free port, and returns when it listens. */
export async function startServer(env: Record<string, string>): Promise<Server> {
  const port = await freePort();
  const program = Program.start("main", {
    ...{ ...BASE, ...env, PORT: String(port), HOST: "127.0.0.1" },
  });
  await program.says("Server listening");
  return { program, port, origin: `http://127.0.0.1:${port}` };
}
