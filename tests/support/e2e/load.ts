import { Agent, request } from "node:http";

/** What a load saw. */
export interface LoadResult {
  requests: number;
  /** One line for each request that failed. */
  failures: string[];
}

/**
 * A steady load on an address of this machine's loopback: four clients, a request every 100 ms each, two
 * of them with keep-alive; they read the page and the tasks, and every fifth request writes a task. A request
 * has failed when the connection breaks, when no answer comes in 10 seconds, or on any status of 400 and up.
 */
export class Load {
  #running = true;
  readonly #failures: string[] = [];
  #requests = 0;
  readonly #clients: Promise<void>[];

  /** @param cookie of the session that it reads and writes tasks in. */
  readonly #url: string;
  readonly #cookie: string;

  constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
    const { hostname } = new URL(url);
    if (hostname !== "127.0.0.1") {
      throw new Error(
        `Load goes to loopback only, not to ${hostname}: publish the NodePort on 127.0.0.1`,
      );
    }
    this.#clients = [0, 1, 2, 3].map((number) => this.#client(number));
  }

  /** Ends the load. */
  async stop(): Promise<LoadResult> {
    this.#running = false;
    await Promise.all(this.#clients);
    return { requests: this.#requests, failures: this.#failures };
  }

  async #client(number: number): Promise<void> {
    const agent = new Agent({ keepAlive: number % 2 === 0, maxSockets: 1 });
    // A bound, should a test never stop it: 30 minutes.
    for (let count = 0; this.#running && count < 18_000; count++) {
      const failure = await this.#ask(agent, count);
      this.#requests++;
      if (failure !== undefined) this.#failures.push(`${new Date().toISOString()} ${failure}`);
      await new Promise((done) => setTimeout(done, 100));
    }
    agent.destroy();
  }

  #ask(agent: Agent, count: number): Promise<string | undefined> {
    const writes = count % 5 === 4;
    const path = count % 2 === 0 && !writes ? "/" : "/api/tasks";
    const method = writes ? "POST" : "GET";
    return new Promise((done) => {
      const sent = request(
        new URL(path, this.#url),
        {
          agent,
          method,
          timeout: 10_000,
          headers: { "content-type": "application/json", cookie: this.#cookie },
        },
        (response) => {
          response.resume();
          response.on("error", (error) => {
            done(`${method} ${path}: ${error.message}`);
          });
          response.on("end", () => {
            const status = response.statusCode ?? 0;
            done(status >= 400 ? `${method} ${path}: status ${status}` : undefined);
          });
        },
      );
      sent.on("timeout", () => sent.destroy(new Error("no answer in 10 s")));
      sent.on("error", (error) => {
        done(`${method} ${path}: ${error.message}`);
      });
      sent.end(writes ? JSON.stringify({ title: `load ${count}` }) : undefined);
    });
  }
}
