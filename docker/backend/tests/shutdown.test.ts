import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import http from "node:http";
import { Tokens } from "../src/auth/tokens.ts";
import { freePort, hold } from "../tools/local-postgres.ts";
import { secrets } from "./support/app.ts";
import { postgres } from "./support/mocha-setup.ts";
import { Program, waitFor } from "./support/process.ts";
import { serverSecrets, startServer } from "./support/server.ts";
import { Tunnel } from "./support/tunnel.ts";

const USER_ID = randomUUID();
let authorization: string;

interface Reply {
  readonly status: number;
  readonly closes: boolean;
}

function ask(port: number, agent: http.Agent, method: string, body?: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization,
      ...(body !== undefined && { "content-type": "application/json" }),
    };
    const request = http.request(
      { host: "127.0.0.1", port, agent, method, path: "/api/tasks", headers },
      (response) => {
        response.resume();
        response.once("end", () => {
          const closes = response.headers.connection === "close";
          resolve({ status: response.statusCode ?? 0, closes });
        });
        response.once("error", reject);
      },
    );
    request.once("error", reject);
    request.end(body);
  });
}

/**
 * A client of a Service: it keeps its connection as long as it can. After `Connection: close`, its
 * next connection goes to the second server.
 */
class Client {
  readonly failures: string[] = [];
  answered = 0;
  moved = false;
  #stopped = false;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

  async run(first: number, second: number, writes: boolean, pauseMs: number): Promise<void> {
    while (!this.#stopped) {
      try {
        const port = this.moved ? second : first;
        const { status, closes } = writes
          ? await ask(port, this.#agent, "POST", '{"title":"under load"}')
          : await ask(port, this.#agent, "GET");
        if (status !== 200 && status !== 201) this.failures.push(`status ${status}`);
        this.answered += 1;
        if (closes) this.moved = true;
      } catch (error) {
        this.failures.push(String(error));
      }
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    this.#agent.destroy();
  }

  stop(): void {
    this.#stopped = true;
  }
}

describe("SIGTERM", () => {
  let env: Record<string, string>;

  before(async () => {
    const databaseUrl = await postgres().database();
    env = {
      ...{ DATABASE_URL: databaseUrl, DRAIN_SECONDS: "3" },
      ...{ RATE_LIMIT_PER_ADDRESS: "0", RATE_LIMIT_PER_USER: "0" },
    };
    assert.equal((await Program.start("migrate", env).ended).code, 0);
    const insert = `insert into users (id, name, email) values ('${USER_ID}', 'Test', 'test@example.org')`;
    await postgres().admin(insert, databaseUrl);
    authorization = `Bearer ${new Tokens(secrets.jwtSecret).create(USER_ID)}`;
  });

  it("under load moves every kept connection without a failed request", async () => {
    const [first, second] = await Promise.all([startServer(env), startServer(env)]);
    // Some clients pause between requests, so that there are always idle connections.
    const clients = Array.from({ length: 12 }, () => new Client());
    const runs = clients.map((client, index) =>
      client.run(first.port, second.port, index % 3 === 0, index % 2 === 0 ? 0 : 150 + index * 25),
    );
    const allHaveAnswers = (minimum: number): boolean =>
      clients.every((client) => client.answered >= minimum);
    await waitFor(() => allHaveAnswers(3), "a steady load");
    first.program.process.kill("SIGTERM");

    const ready = async (): Promise<number> =>
      (await fetch(`http://127.0.0.1:${first.port}/health/ready`)).status;
    await waitFor(async () => (await ready()) === 503, "readiness off");

    const { code, stdout } = await first.program.ended;
    const sofar = Math.max(...clients.map((client) => client.answered));
    await waitFor(() => clients.some((client) => client.answered > sofar + 10), "the load goes on");
    for (const client of clients) client.stop();
    await Promise.all(runs);
    second.program.process.kill("SIGKILL");

    assert.equal(code, 0);
    assert.match(stdout, /"draining"/);
    assert.match(stdout, /"stopped"/);
    assert.deepEqual(
      clients.flatMap((client) => client.failures),
      [],
    );
    assert.ok(clients.every((client) => client.moved));
  });

  it("waits for running requests", async () => {
    const server = await startServer({ ...env, DRAIN_SECONDS: "0" });
    const agent = new http.Agent({ keepAlive: true });
    await ask(server.port, agent, "GET");
    const unlock = await hold(String(env.DATABASE_URL), "lock table tasks");
    const running = ask(server.port, agent, "GET");
    await waitFor(async () => {
      const waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock'";
      const { rowCount } = await postgres().admin(waiting);
      return rowCount === 1;
    }, "a statement that waits");
    server.program.process.kill("SIGTERM");
    await server.program.waitForOutput("draining");
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(server.program.process.exitCode, null);
    await unlock();
    assert.equal((await running).status, 200);
    assert.equal((await server.program.ended).code, 0);
    agent.destroy();
  });

  it("ends in time although a client never finishes its request", async () => {
    const server = await startServer({ ...env, DRAIN_SECONDS: "0", CLOSE_SECONDS: "1" });
    const request = http.request({ host: "127.0.0.1", port: server.port, method: "POST" });
    request.on("error", () => undefined);
    request.setHeader("content-length", "100");
    request.write("{");
    await new Promise((resolve) => setTimeout(resolve, 200));
    const started = performance.now();
    server.program.process.kill("SIGTERM");
    const { code, stdout } = await server.program.ended;
    assert.equal(code, 0);
    assert.match(stdout, /requests are still running/);
    assert.ok(performance.now() - started < 6000);
  });

  it("ends without a database", async () => {
    const url = `postgresql://todo:pw@127.0.0.1:${await freePort()}/todo`;
    const server = await startServer({ DATABASE_URL: url, DRAIN_SECONDS: "0" });
    server.program.process.kill("SIGTERM");
    assert.equal((await server.program.ended).code, 0);
  });

  it("ends in time although the database doesn't answer", async () => {
    const tunnel = await Tunnel.open(postgres().port);
    const url = new URL(String(env.DATABASE_URL));
    url.port = String(tunnel.port);
    const server = await startServer({ DATABASE_URL: url.href, DRAIN_SECONDS: "0" });
    const agent = new http.Agent();
    assert.equal((await ask(server.port, agent, "GET")).status, 200);
    tunnel.dropAll();
    const started = performance.now();
    server.program.process.kill("SIGTERM");
    assert.equal((await server.program.ended).code, 0);
    assert.ok(performance.now() - started < 6000);
    tunnel.close();
  });

  it("ends the process at once when it comes twice", async () => {
    const server = await startServer({ ...env, DRAIN_SECONDS: "60" });
    server.program.process.kill("SIGTERM");
    await server.program.waitForOutput("draining");
    server.program.process.kill("SIGTERM");
    assert.equal((await server.program.ended).code, 1);
  });
});

describe("start", () => {
  it("names the port that is in use and ends with code 1", async () => {
    const env = { DATABASE_URL: postgres().url("postgres") };
    const server = await startServer(env);
    const second = Program.start("main", {
      ...{ ...serverSecrets, ...env, PORT: String(server.port), HOST: "127.0.0.1" },
    });
    const { code, stderr } = await second.ended;
    server.program.process.kill("SIGKILL");
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`EADDRINUSE.*${server.port}`));
  });
});
