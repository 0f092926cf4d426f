import { freePort } from "../../tools/local-postgres.ts";
import { secrets } from "./app.ts";
import { Program } from "./process.ts";

/** The built server, in a separate process. */
export interface Server {
  readonly program: Program;
  readonly port: number;
  readonly origin: string;
}

/** The secrets that every server needs. */
export const serverSecrets = {
  BETTER_AUTH_SECRET: secrets.authSecret,
  JWT_SECRET: secrets.jwtSecret,
};

/** Starts dist/main.js on a free port and waits until it listens. */
export async function startServer(env: Record<string, string>): Promise<Server> {
  const port = await freePort();
  const program = Program.start("main", {
    ...{ ...serverSecrets, ...env, PORT: String(port), HOST: "127.0.0.1" },
  });
  await program.waitForOutput("Server listening");
  return { program, port, origin: `http://127.0.0.1:${port}` };
}
